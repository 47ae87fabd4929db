"""The code lists that the record is written in."""

from pathlib import Path
from typing import Any

import yaml

KINDS = Path(__file__).parent / "kinds.yaml"  #: the kinds of event that every record starts with


def kinds() -> list[dict[str, Any]]:
    """The blocks of ``KINDS``."""
    return yaml.safe_load(KINDS.read_text(encoding="utf-8"))
