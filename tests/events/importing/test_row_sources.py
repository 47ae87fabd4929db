"""Sources that rows name: made once, with their publishers, and read through the table."""

import re

import pytest

from events.importing.drafts import ClaimDraft, Draft, SourceDraft
from events.importing.matching import Names
from events.importing.problems import ImportRefused
from events.importing.sources import Sources
from events.importing.stored import Stored
from events.models import Claim, Event, Organization, Source
from tests.events.importing.files import VISITS, table
from tests.factories import OrganizationFactory, SourceFactory

pytestmark = pytest.mark.django_db

HEADER = ("no", "start", "end", "who", "from", "to", "link", "headline", "paper", "printed")
ROW = ("1", "2018-06-04", "", "Somebody", "PRK", "SYR")
ARTICLE = ("https://www.news.example/a", "A visit", "The Example", "5 June 2018")
MAPPING = VISITS.replace(
    "claim: {locator: 'visit {no}'}",
    "claim: {source: {url: '{link}', title: '{headline}', publisher: '{paper}', "
    "published: {text: '{printed}', format: written}}}",
)


@pytest.fixture
def visits_with_sources(countries, folder, bring_in):
    """A function that imports rows of visits with a source each, by a mapping."""

    def bring(*rows, mapping=MAPPING):
        (folder / "m.yaml").write_text(mapping)
        return bring_in("v.csv", table(HEADER, *rows), "table", mapping=folder / "m.yaml")

    return bring


def test_the_article_of_a_row_is_cited_and_read_through_the_table(visits_with_sources):
    assert visits_with_sources((*ROW, *ARTICLE)).created == 1

    source = Claim.objects.get().source
    assert (source.title, source.url, str(source.published)) == ("A visit", ARTICLE[0], "2018-06-05")
    assert (source.publisher.slug, source.publisher.name, source.via.slug) == ("the-example", "The Example", "visits")
    assert source.kind == "article"
    assert visits_with_sources((*ROW, *ARTICLE)).unchanged == 1


def test_one_address_is_one_source_and_alike_ones_are_two(visits_with_sources):
    other = ("https://www.news.example/a?", *ARTICLE[1:])
    report = visits_with_sources((*ROW, *ARTICLE), ("2", *ROW[1:], *ARTICLE), ("3", *ROW[1:], *other))

    assert report.created == 3
    assert Source.objects.exclude(slug="visits").count() == 2
    assert Organization.objects.filter(name="The Example").count() == 1


def test_a_publisher_is_known_by_name_and_unless_named_is_the_host(visits_with_sources):
    OrganizationFactory(slug="an-example", name="THE EXAMPLE", kind="publisher")
    visits_with_sources((*ROW, *ARTICLE), ("2", *ROW[1:], "https://www.wire.example/b", "", "", ""))

    first, second = (claim.source for claim in Claim.objects.order_by("event__slug"))
    assert first.publisher.slug == "an-example"
    assert (second.publisher.name, second.title) == ("wire.example", "https://www.wire.example/b")


def test_a_long_address_is_its_own_title_as_far_as_that_goes(visits_with_sources):
    address = f"https://www.news.example/{'a' * 400}"

    assert visits_with_sources((*ROW, address, "", "", "")).created == 1
    assert Claim.objects.get().source.url == address


def test_a_name_in_other_letters_publishes_too(visits_with_sources):
    visits_with_sources((*ROW, ARTICLE[0], "標題", "朝鮮日報", ""))

    assert Claim.objects.get().source.publisher.name == "朝鮮日報"


def test_a_row_without_a_source_cites_the_table(visits_with_sources):
    visits_with_sources((*ROW, "", "", "", ""))

    assert Claim.objects.get().source.slug == "visits"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (("news", "", "", ""), "has no publisher: name one under claim.source, or a url"),
        (("news", "A", "B", ""), "url of the source .* is 'news': Enter a valid URL"),
        (("", "A visit", "", ""), "The source 'A visit' has no publisher"),
        (("http://[bad", "", "B", ""), "Enter a valid URL"),
    ],
)
def test_a_source_that_cannot_be_made_is_rejected_with_its_row(source, why, visits_with_sources):
    report = visits_with_sources((*ROW, *source), ("2", *ROW[1:], *ARTICLE))

    assert (report.created, report.rejected) == (1, 1)
    assert re.search(why, report.reasons[0])


def test_a_source_may_be_named_by_its_id_alone(visits_with_sources):
    SourceFactory(slug="an-article")
    mapping = VISITS.replace("{locator: 'visit {no}'}", "{source: {id: '{link}'}}")

    visits_with_sources((*ROW, "an-article", "", "", ""), mapping=mapping)

    assert Event.objects.get().claims.get().source.slug == "an-article"


def test_a_source_has_no_other_keys(visits_with_sources):
    with pytest.raises(ImportRefused, match=r"claim\.source has no key “link”"):
        visits_with_sources(ROW, mapping=MAPPING.replace("{url: ", "{link: "))


def test_several_addresses_in_one_cell_are_a_claim_each(visits_with_sources):
    mapping = MAPPING.replace("url: '{link}'", "url: {text: '{link}', split: [';', ' ']}")
    both = "https://www.news.example/a; www.wire.example/b https://www.news.example/a"

    assert visits_with_sources((*ROW, both, "", "", ""), mapping=mapping).created == 1

    assert set(Claim.objects.values_list("source__url", flat=True)) == {
        "https://www.news.example/a", "https://www.wire.example/b",
    }  # fmt: skip


def test_a_publisher_whom_another_import_made_meanwhile_is_known():
    sources = Sources(Names.of_the_record(), Stored())
    paper = OrganizationFactory(slug="a-paper")
    article = SourceDraft("an-article", "An article", "a-paper", "A Paper", "article", published="2018")
    event = Draft(dataset="d", external_id="1", digest=1, slug="d-1", date="2018", kind="talks",
                  claims=(ClaimDraft(article),))  # fmt: skip

    sources.look_up([event])

    assert sources.find(article, {}).publisher == paper
