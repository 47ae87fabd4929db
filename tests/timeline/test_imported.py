"""What an import projects of events that it has in hand is what is made of the record afterwards."""

import pytest

from events.importing.running import import_events
from tests.scale.generator import Made, write
from tests.scale.references import load_references
from timeline.models import PastEntry
from timeline.rebuilding import rebuild


@pytest.mark.django_db
def test_the_timeline_of_an_import_is_that_of_a_rebuild_byte_for_byte(tmp_path):
    made = Made(300)
    load_references(made)
    curated = rebuild(check=True).events
    write(made, tmp_path / "events.ndjson")

    assert import_events([tmp_path / "events.ndjson"], "ndjson", rejects=tmp_path / "rejects").created == 300

    compared = rebuild(check=True)
    assert (compared.events, compared.is_clean) == (curated + 300, True)
    assert PastEntry.objects.filter(slug__startswith="event-").exists()
