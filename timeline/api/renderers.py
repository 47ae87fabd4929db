"""Formats: JSON in one piece; NDJSON and CSV as streams of lines."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import orjson
from rest_framework.renderers import BaseRenderer

from timeline.feeds import csv


class JSONRenderer(BaseRenderer):
    """Finished rows pass as they are: ``orjson.Fragment`` is never parsed again."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else orjson.dumps(data)


class LinesRenderer(BaseRenderer):
    """A format without an envelope: one line for each row, streamed."""

    charset = None
    render_style = "binary"
    has_envelope: ClassVar[bool] = False

    def lines(self, rows: Iterable[bytes]) -> Iterator[bytes]:
        """*rows*, each a JSON object, as lines of this format."""
        raise NotImplementedError

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"".join(self.lines(data))


class NDJSONRenderer(LinesRenderer):
    media_type = "application/x-ndjson"
    format = "ndjson"

    def lines(self, rows: Iterable[bytes]) -> Iterator[bytes]:
        return (row + b"\n" for row in rows)


class CSVRenderer(LinesRenderer):
    media_type = "text/csv"
    format = "csv"

    def lines(self, rows: Iterable[bytes]) -> Iterator[bytes]:
        return csv.lines(rows)
