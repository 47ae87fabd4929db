"""The code lists that the record is written in."""

from pathlib import Path
from typing import Any

import yaml


def kinds() -> list[dict[str, Any]]:
    """The kinds of event that every record starts with, as the blocks of ``kinds.yaml``."""
    return yaml.safe_load((Path(__file__).parent / "kinds.yaml").read_text(encoding="utf-8"))
