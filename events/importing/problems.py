"""What may be wrong: with a file as a whole, and with one of its rows."""


class ImportRefused(Exception):
    """Nothing of the file was written: it is not what it is said to be, or what is needed beside it is missing."""


class ImportedElsewhere(ImportRefused):
    """Another process imports the same file just now; nothing is lost, for that one goes on."""


class Rejected(Exception):
    """One row cannot become an event; the message says why, and what would be right."""
