"""The formats by the names that they go by on the command line."""

from pathlib import Path

from events.importing.coded import Coded
from events.importing.exported_csv import ExportedCSV
from events.importing.formats import Format
from events.importing.gdelt import GDELT1, GDELT2
from events.importing.icews import ICEWS
from events.importing.mapping import read_mapping
from events.importing.ndjson import NDJSON
from events.importing.problems import ImportRefused
from events.importing.table import MappedTable

OWN: dict[str, type[Format]] = {each.name: each for each in (NDJSON, ExportedCSV)}
CODED: dict[str, type[Coded]] = {each.name: each for each in (GDELT1, GDELT2, ICEWS)}
TABLE = MappedTable.name
FORMATS = (*OWN, *CODED, TABLE)
#: How the name of a file of rejects ends.
REJECTS_SUFFIXES = {name: each.rejects_suffix for name, each in (OWN | CODED | {TABLE: MappedTable}).items()}


def open_format(path: Path, name: str, mapping: Path | None, dataset: str) -> Format:
    """The file *path* as one of the format *name*. Raises ImportRefused where what the format needs is missing."""
    if name not in FORMATS:
        raise ImportRefused(f"There is no format {name!r}: it is one of {', '.join(FORMATS)}.")
    if mapping is not None and name != TABLE:
        raise ImportRefused(f"--mapping goes with table; what a column of {name} is, is known.")
    if name in CODED:
        return CODED[name](path, dataset)
    if dataset:
        raise ImportRefused("--dataset goes with gdelt1, gdelt2 and icews; a table's stands in its mapping.")
    if name == TABLE:
        if mapping is None:
            raise ImportRefused("A table needs --mapping, which says what its columns are; --guess writes a first one.")
        return MappedTable(path, read_mapping(mapping))
    return OWN[name](path)
