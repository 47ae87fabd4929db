"""A mirror of a Chancery: python3 mirror.py https://chancery.example.org/api/v1/ mirror.json

Starts from all events, then follows the changes. Run it as often as you like: it goes on from where it was.
"""

import json
import sys
from pathlib import Path
from urllib.request import urlopen


def start(root: str) -> dict:
    """All events as they stand, and the number of the record's clock at which they do."""
    with urlopen(f"{root}events/?format=ndjson") as answer:
        events = {event["id"]: event for event in map(json.loads, answer)}
        return {"number": int(answer.headers["Snapshot"]), "events": events}


def follow(root: str, mirror: dict) -> None:
    """Apply to *mirror* what changed since its number."""
    with urlopen(f"{root}changes/?format=ndjson&after={mirror['number']}") as answer:
        for change in map(json.loads, answer):
            if change["kind"] == "changed":
                mirror["events"][change["id"]] = change["event"]
            else:
                mirror["events"].pop(change["id"], None)
        # Only once all lines were applied: one number may have many.
        mirror["number"] = int(answer.headers["Snapshot"])


def main(root: str, path: str) -> None:
    root, file = f"{root.rstrip('/')}/", Path(path)
    mirror = json.loads(file.read_text()) if file.exists() else start(root)
    follow(root, mirror)
    # Written beside and moved into place, so that a run cut short leaves the last one's file.
    new = file.with_suffix(".new")
    new.write_text(json.dumps(mirror))
    new.replace(file)
    print(f"{len(mirror['events'])} events, up to number {mirror['number']}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
