"""What all pages have in common."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("patience", "address"),
    [
        ("counting.PATIENCE", "/?page_size=2&precision=year,month,day"),
        ("counting.PATIENCE", "/embed/?page_size=2&precision=year,month,day"),
        ("countries.PATIENCE_FOR_RELATIONS", "/countries/PRK/"),
    ],
)
def test_a_page_that_lacks_a_part_for_lack_of_time_is_kept_by_nobody(
    client: Client, article: None, monkeypatch: pytest.MonkeyPatch, patience: str, address: str
) -> None:
    with monkeypatch.context() as impatient:
        impatient.setattr(f"timeline.pages.{patience}", 0)
        lacking = client.get(address)
    monkeypatch.setattr(f"timeline.pages.{patience}", 60)  # however busy the machine is
    whole = client.get(address)

    assert (lacking.status_code, lacking["Cache-Control"], "ETag" in lacking) == (200, "no-store", False)
    assert whole.content != lacking.content
    assert whole["Cache-Control"] == "public, no-cache"
    assert client.get(address, headers={"if-none-match": whole["ETag"]}).status_code == 304
