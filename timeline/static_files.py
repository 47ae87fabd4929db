"""Static files as they are served: hashed and compressed, the element without what only its readers need."""

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: The module that pages of other origins load: what its next owner reads would be a third of every download.
ELEMENT = "timeline/diplomatic-timeline.js"


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """What collectstatic writes."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[tuple]:
        if ELEMENT in paths and not dry_run:
            with self.open(ELEMENT) as file:
                script = file.read().decode()
            self.delete(ELEMENT)
            self._save(ELEMENT, ContentFile(jsmin(script).encode()))
            paths[ELEMENT] = (self, ELEMENT)
        yield from super().post_process(paths, dry_run, **options)
