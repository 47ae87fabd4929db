"""Static files as they are served: hashed and compressed, the element without what only its readers need."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: The module that pages of other origins load: what its next owner reads would be a quarter of every download.
ELEMENT = "timeline/diplomatic-timeline.js"
COMMENT = re.compile(r"^ *(?:/\*\*.*?\*/|//[^\n]*)?\n", re.MULTILINE | re.DOTALL)
INDENT = re.compile(r"^ +", re.MULTILINE)
#: Texts, which stay as they are; marks after which nothing that is blank means anything; others, beside which no space
#: does.
TEXT_OR_MARK = re.compile(
    r'("(?:\\.|[^"\\])*"|`(?:\\.|\$\{(?:`[^`]*`|\{[^{}]*\}|[^`{}])*\}|[^`\\])*`)'
    r"| ?([{(\[,;])[ \n]?| ?(=>|&&|\|\||[})\]:?=!<>*/%]) ?"
)


def as_served(script: str) -> str:
    """*script* without comments that have lines of their own, and without indents and blanks that mean nothing."""
    return TEXT_OR_MARK.sub(r"\1\2\3", INDENT.sub("", COMMENT.sub("", script)))


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """What collectstatic writes."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[tuple]:
        if ELEMENT in paths and not dry_run:
            with self.open(ELEMENT) as file:
                script = file.read().decode()
            self.delete(ELEMENT)
            self._save(ELEMENT, ContentFile(as_served(script).encode()))
            paths[ELEMENT] = (self, ELEMENT)
        yield from super().post_process(paths, dry_run, **options)
