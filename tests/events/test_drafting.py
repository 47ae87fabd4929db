import pytest
from django.core.exceptions import ValidationError

from events.drafting import (
    LONGEST_TEXT,
    Drafted,
    accept,
    acted_for,
    bring_back,
    check_text,
    discard,
    free_address,
    join,
    propose_from,
    take_in,
)
from events.edtf import EDTFDate
from events.erasing import erase_event
from events.models import Article, Claim, Event, Participation, Proposal
from tests.factories import (
    ClaimFactory,
    CountryFactory,
    EventFactory,
    KindFactory,
    LeaderFactory,
    OfficeFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

TEXT = (
    "A headline\n\nFreedonia and Sylvania held talks in 1966. "
    "Freedonia and Sylvania signed an agreement in 1967.\n\nNobody came back."
)


@pytest.fixture
def article():
    CountryFactory(code="FRE", name="Freedonia")
    CountryFactory(code="SYL", name="Sylvania")
    article = Article(source=SourceFactory(title="Daily News"), text=TEXT)
    take_in(article)
    return article


@pytest.fixture
def drafted(article):
    """A function that gives what an editor makes of a proposal."""

    def made(**changes):
        values = {
            "title": "Talks", "date": EDTFDate.parse("1966"), "kind": KindFactory(slug="talks"), "stance": "reports",
            "locator": "para. 1", "source": article.source, "note": "", "parties": (),
        }  # fmt: skip
        return Drafted(**values | changes)

    return made


def test_taking_in_proposes_and_changes_nothing_in_the_record(article):
    assert article.paragraphs[0].startswith("Freedonia and Sylvania")
    first = article.proposals.first()
    assert (first.date, first.locator, first.state) == ("1966", "para. 1", "waiting")
    assert {party["public_id"] for party in first.parties} == {"FRE", "SYL"}
    assert not Event.objects.exists()


def test_the_words_that_led_to_a_proposal_are_found_in_its_paragraph(article):
    proposal = article.proposals.first()
    words = {article.paragraphs[0][start:end] for start, end, what in proposal.marks if what == "party"}

    assert words == {"Freedonia", "Sylvania"}


def test_accepting_makes_a_draft_with_parties_and_a_claim(article, drafted):
    proposal = article.proposals.first()
    parties = [Participation(role="party", country=CountryFactory(code=code)) for code in ("FRE", "SYL")]

    event = accept(proposal, drafted(parties=parties, note="As quoted."), None)

    assert (event.review, event.importance) == ("draft", event.kind.default_importance)
    assert {p.country.code for p in event.participations.all()} == {"FRE", "SYL"}
    [claim] = event.claims.all()
    assert (claim.source, claim.locator, claim.note) == (article.source, "para. 1", "As quoted.")
    assert str(claim.date) == "1966"
    proposal.refresh_from_db()
    assert (proposal.state, proposal.event) == ("accepted", event)
    assert Event.objects.get().occurrence == "occurred"


def test_joining_adds_the_claim_to_what_is_there(article, drafted):
    event = EventFactory(title="As it was", date="1966")

    join(article.proposals.first(), drafted(), event, None)

    assert Event.objects.get().title == "As it was"
    assert event.claims.get().source == article.source


def test_what_was_settled_is_not_settled_again(article, drafted):
    proposal = article.proposals.first()
    accept(proposal, drafted(), None)

    with pytest.raises(ValidationError, match="accepted"):
        discard(proposal, None)
    with pytest.raises(ValidationError, match="accepted"):
        accept(proposal, drafted(), None)
    assert Event.objects.count() == 1


def test_a_refused_draft_leaves_nothing_behind(article, drafted):
    proposal = article.proposals.first()
    country = CountryFactory(code="FRE")
    twice = [Participation(role="party", country=country) for _ in range(2)]

    with pytest.raises(ValidationError, match="stands in the same role"):
        accept(proposal, drafted(parties=twice), None)
    proposal.refresh_from_db()
    assert proposal.is_waiting
    assert not Event.objects.exists()


def test_the_same_claim_is_not_joined_twice(article, drafted):
    claim = ClaimFactory(source=article.source, locator="para. 1")

    with pytest.raises(ValidationError, match="already"):
        join(article.proposals.first(), drafted(), claim.event, None)
    assert Claim.objects.count() == 1


def test_what_was_discarded_can_be_brought_back(article):
    proposal = article.proposals.first()
    discard(proposal, None)
    bring_back(proposal, None)

    proposal.refresh_from_db()
    assert proposal.is_waiting
    with pytest.raises(ValidationError):
        bring_back(proposal, None)


def test_reading_again_leaves_what_was_settled(article):
    discard(article.proposals.first(), None)
    number = article.proposals.count()

    propose_from(article)

    assert article.proposals.count() == number
    assert article.proposals.filter(state="discarded").count() == 1


@pytest.mark.parametrize("text", ["", " \n\n ", "<p></p>", "a" * (LONGEST_TEXT + 1)])
def test_a_text_of_nothing_or_of_too_much_is_refused(text):
    with pytest.raises(ValidationError):
        check_text(text)


def test_addresses_are_never_taken_twice():
    slugs = []
    for _ in range(3):
        slugs.append(free_address(Event, "Talks in Geneva", "1966"))
        EventFactory(slug=slugs[-1])

    assert slugs == ["talks-in-geneva", "talks-in-geneva-1966", "talks-in-geneva-2"]
    assert free_address(Event, "회담") == "event"
    assert free_address(Event, "Trump–Kim summit") == "trump-kim-summit"


def test_a_person_acts_for_the_country_of_the_office_then_held():
    leader = LeaderFactory()
    country = CountryFactory(code="FRE")
    OfficeFactory(leader=leader, country=country, held="1960/1970")
    OfficeFactory(leader=leader, country=CountryFactory(code="SYL"), held="1980/1990")

    assert acted_for(leader, EDTFDate.parse("1966")) == country
    assert acted_for(leader, EDTFDate.parse("1975")) is None


def test_erasing_an_event_takes_the_article_that_told_of_it_too(article, drafted):
    other = Article(source=SourceFactory(), text="Nothing.")
    take_in(other)
    event = accept(article.proposals.first(), drafted(), None)

    erase_event(event, None, "A court order.")

    assert list(Article.objects.all()) == [other]
    assert not Proposal.objects.exists()
