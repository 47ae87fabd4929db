"""Imports events as ``manage.py import_events`` does, then says on a last line how much memory it took.

Read by the process itself: what the system tells a parent begins at the parent's own peak.
"""

import json
import re
import sys
from pathlib import Path

from django.core.management import execute_from_command_line


def peak_of_memory() -> float:
    """The most that this process has had of the machine's memory, in MB (1,000,000 bytes)."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE)[1]) * 1024 / 1e6


if __name__ == "__main__":
    execute_from_command_line(["manage.py", "import_events", *sys.argv[1:]])
    print(json.dumps({"max_rss_mb": round(peak_of_memory(), 1)}))
