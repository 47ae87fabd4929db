"""What may be wrong: with a file as a whole, and with one of its rows."""


class ImportRefused(Exception):
    """Nothing of the file was written: it is not what it is said to be, or what is needed beside it is missing."""


class Rejected(Exception):
    """One row cannot become an event; the message says why, and what would be right."""
