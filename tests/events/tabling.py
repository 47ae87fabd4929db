"""Tables of the record: written, read, and what was refused in them."""

from events.tables import formats
from events.tables.resources import RESOURCES


def exported(resource, file_format=formats.CSV):
    return file_format().export_data(RESOURCES[resource]().export())


def brought_in(resource, content, file_format=formats.CSV, dry_run=False, **options):
    table = file_format().create_dataset(content)
    return RESOURCES[resource](**options).import_data(table, dry_run=dry_run)


def table(header, *rows):
    """A CSV file of cells that are parted by semicolons here, so that they may hold commas."""
    return "".join(",".join(f'"{cell}"' for cell in row.split(";")) + "\n" for row in (header, *rows))


def refusals(result):
    """Row, column and sentence of what was refused, and the sentences about the table as a whole."""
    rows = [
        (row.number, column, sentence)
        for row in result.invalid_rows
        for column, sentences in row.error_dict.items()
        for sentence in sentences
    ]
    mistakes = [(row.number, "", str(error.error)) for row in result.error_rows for error in row.errors]
    return rows + mistakes + [str(error.error) for error in result.base_errors]
