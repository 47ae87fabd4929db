"""What is said when a text is not a date that we can read."""

SHOWN = 60  # characters of a wrong value that are quoted back


class InvalidEDTF(ValueError):
    """A text that is not EDTF, or a part of EDTF that is not supported here.

    `value` is the text (cut after SHOWN characters), `expected` a sentence that says what would be right,
    `suggestion` a string that can be read instead, or "".
    """

    def __init__(self, value: str, expected: str, suggestion: str = "") -> None:
        self.value = value if len(value) <= SHOWN else value[:SHOWN] + "…"
        self.expected = expected
        self.suggestion = suggestion
        super().__init__(self.value, expected, suggestion)

    def __str__(self) -> str:
        instead = f" Write {self.suggestion} instead." if self.suggestion else ""
        return f"{self.value!r} cannot be read as a date: {self.expected}.{instead}"
