"""An editor at the desk, by keyboard alone: from a pasted article to drafts, and an event from nothing."""

from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from events.models import Article, Claim, Event, Proposal
from tests.browser.looking import SCREENSHOTS, leave, violations
from tests.factories import CountryFactory, EventFactory, KindFactory, OfficeFactory, OrganizationFactory, SourceFactory

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLE = (
    "Freedonia and Sylvania talk again\n\n"
    "Freedonia and Sylvania held talks in 1966. Freedonia and Sylvania signed an agreement in 1967.\n\n"
    "Nothing else is known.\n"
)
MANY = "\n\n".join(f"Freedonia and Sylvania held talks in {year}." for year in range(1950, 1990))


class Editor:
    """A browser in which an editor is logged in; ``complaints`` are its console's errors and what a page threw."""

    def __init__(self, browser: Browser, server: str) -> None:
        user = get_user_model().objects.create_superuser("an-editor", password="a-password")
        client = Client()
        client.force_login(user)
        self.complaints: list[str] = []
        self.server = server
        self.context = browser.new_context(viewport={"width": 1440, "height": 900})
        self.context.set_default_timeout(30_000)
        self.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
        self.page = self.context.new_page()
        self.page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.server}{path}")
        return self.page

    def take_in(self, text: str) -> Page:
        """Paste *text*, say who published it and when, all by keyboard; the page of its proposals."""
        page = self.open("/admin/events/article/add/")
        expect(page.locator("#id_pasted")).to_be_focused()
        page.keyboard.insert_text(text)
        page.locator("#id_publisher").focus()
        page.keyboard.type("Daily News")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("2018-06-04")
        expect(page.locator(".edtf-meaning")).to_have_text("on 4 June 2018")
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/change/")
        return page


@pytest.fixture
def editor(browser: Browser, live_server: object) -> Iterator[Editor]:
    CountryFactory(code="FRE", name="Freedonia")
    CountryFactory(code="SYL", name="Sylvania")
    OrganizationFactory(slug="daily-news", name="Daily News")
    KindFactory(slug="talks", label="Talks")
    KindFactory(slug="statement", label="Statement")
    editor = Editor(browser, live_server.url)
    yield editor
    leave(browser)
    assert editor.complaints == []


def photograph(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for width in (768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), width


def test_from_a_pasted_article_to_drafts_by_keyboard(editor):
    kind = KindFactory(slug="agreement-signed")
    event = EventFactory(title="A trade agreement", date="1967", between=["FRE", "SYL"], kind=kind)
    page = editor.take_in(ARTICLE)
    photograph(page, "desk-intake")
    first, second = page.locator(".proposal").all()
    expect(first).to_be_focused()
    expect(page.locator("mark.is-lit", has_text="1966")).to_be_visible()

    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("Freedonia–Sylvania talks")
    page.keyboard.press("Control+Enter")
    expect(first).to_contain_text("A draft was made: Freedonia–Sylvania talks")
    expect(second).to_be_focused()
    expect(page.locator("#waiting")).to_have_text("1 of 2 wait")
    page.keyboard.press("1")
    expect(second).to_contain_text("Joined to A trade agreement")
    photograph(page, "desk-intake-done")

    assert Event.objects.get(title="Freedonia–Sylvania talks").review == "draft"
    assert {(claim.event_id == event.pk, claim.locator) for claim in Claim.objects.all()} == {
        (False, "para. 1"), (True, "para. 1"),
    }  # fmt: skip


def test_what_is_refused_stays_and_so_does_what_stands_in_the_others(editor):
    page = editor.take_in(ARTICLE)
    first, second = page.locator(".proposal").all()
    second.get_by_label("Title").fill("Typed elsewhere")
    first.get_by_label("Date").fill("1966-1")
    first.get_by_label("Date").press("Control+Enter")

    expect(first.get_by_role("alert")).to_contain_text("Not saved")
    expect(first.get_by_label("Date")).to_be_focused()
    expect(first.get_by_label("Date")).to_have_value("1966-1")
    expect(second.get_by_label("Title")).to_have_value("Typed elsewhere")
    first.get_by_label("Date").fill("1966")
    first.get_by_label("Date").press("Control+Enter")
    expect(first).to_contain_text("A draft was made")
    expect(second.get_by_label("Title")).to_have_value("Typed elsewhere")


def test_a_login_that_ran_out_loses_nothing_that_was_typed(editor):
    page = editor.take_in(ARTICLE)
    first = page.locator(".proposal").first
    first.get_by_label("Title").fill("Long thought about")
    editor.context.clear_cookies(name="sessionid")
    first.get_by_label("Title").press("Control+Enter")

    expect(first.get_by_role("alert")).to_contain_text("Nothing is lost here")
    expect(first.get_by_label("Title")).to_have_value("Long thought about")
    assert not Event.objects.exists()
    editor.complaints.clear()  # of the answer that asks for a login
    elsewhere = editor.context.new_page()
    elsewhere.goto(f"{editor.server}/admin/login/")
    elsewhere.fill("#id_username", "an-editor")
    elsewhere.fill("#id_password", "a-password")
    elsewhere.press("#id_password", "Enter")
    elsewhere.wait_for_url("**/admin/")
    first.get_by_label("Title").press("Control+Enter")
    expect(first).to_contain_text("A draft was made: Long thought about")


def test_proposals_are_discarded_and_brought_back_by_key(editor):
    page = editor.take_in(ARTICLE)
    first, second = page.locator(".proposal").all()
    page.keyboard.press("d")
    expect(first).to_contain_text("Discarded")
    expect(second).to_be_focused()
    page.keyboard.press("k")
    expect(first).to_be_focused()
    page.keyboard.press("b")
    expect(first.get_by_label("Title")).to_be_visible()

    assert {proposal.state for proposal in Proposal.objects.all()} == {"waiting"}


def test_a_long_article_has_all_its_proposals_on_one_page(editor):
    page = editor.take_in(MANY)

    assert page.locator(".proposal").count() == Article.objects.get().proposals.count() == 40
    page.keyboard.press("j")
    expect(page.locator(".proposal").nth(1)).to_be_focused()


def test_without_a_script_nothing_that_is_typed_elsewhere_is_lost(editor, browser):
    editor.take_in(ARTICLE)
    context = browser.new_context(java_script_enabled=False, storage_state=editor.context.storage_state())
    page = context.new_page()
    page.goto(editor.page.url)
    first, second = page.locator(".proposal").all()
    second.get_by_label("Title").fill("As I typed it")
    second.get_by_label("Title").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Nothing is settled yet")
    first.get_by_role("button", name="Accept", exact=True).click()

    expect(first).to_contain_text("A draft was made")
    expect(second.get_by_label("Title")).to_have_value("As I typed it")
    expect(second).to_be_focused()
    context.close()


def test_enter_in_a_field_accepts_that_proposal_and_joins_no_likely_duplicate(editor):
    kind = KindFactory(slug="agreement-signed")
    EventFactory(title="A trade agreement", date="1967", between=["FRE", "SYL"], kind=kind)
    page = editor.take_in(ARTICLE)
    second = page.locator(".proposal").nth(1)
    expect(second.get_by_role("button", name="Join").first).to_be_visible()
    second.get_by_label("Title").press("Enter")

    expect(second).to_contain_text("A draft was made")
    expect(page.locator("#waiting")).to_have_text("1 of 2 wait")


def test_a_draft_to_be_opened_waits_for_what_is_typed_elsewhere(editor):
    page = editor.take_in(ARTICLE)
    first, second = page.locator(".proposal").all()
    second.get_by_label("Title").fill("As I typed it")
    first.focus()
    page.keyboard.press("o")
    expect(page.locator(".messagelist")).to_contain_text("A draft was made")
    expect(second.get_by_label("Title")).to_have_value("As I typed it")
    expect(second).to_be_focused()
    page.keyboard.press("o")
    page.wait_for_url("**/event/*/change/")

    expect(page.locator("#id_title")).to_have_value("As I typed it")


def test_the_intake_can_be_used_by_everyone(editor):
    page = editor.take_in(ARTICLE)

    assert list(violations(page, within=".article-desk")) == []
    editor.complaints.clear()  # of styles that axe-core writes into the page


def test_an_event_is_written_by_keyboard(editor):
    SourceFactory(title="The morning edition", publisher__name="Daily News")
    page = editor.open("/admin/events/event/add/")
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.type("Freedonia and Sylvania talk")
    page.locator("#id_date").focus()
    page.keyboard.type("1966-1")
    expect(page.locator(".edtf-error")).to_contain_text("Write 1966-01")
    page.get_by_role("button", name="Write 1966-01").press("Enter")
    expect(page.locator("#id_date")).to_be_focused()
    expect(page.locator(".edtf-meaning").first).to_have_text("some time in January 1966")
    choose(page, "#id_kind", "talks")

    page.keyboard.press("Alt+Shift+KeyP")
    expect(page.locator("#id_participations-0-role")).to_be_focused()
    page.keyboard.type("Party")
    choose(page, "#id_participations-0-country", "freedonia")
    page.keyboard.press("Alt+Shift+KeyC")
    choose(page, "#id_claims-0-source", "morning")
    page.locator("#id_claims-0-stance").focus()
    page.keyboard.type("reports")
    photograph(page, "desk-event-form")
    page.keyboard.press("Alt+Shift+KeyV")
    page.wait_for_url("**/preview/*/")
    photograph(page, "desk-preview")

    expect(page.get_by_role("heading", name="Freedonia and Sylvania talk")).to_be_visible()
    assert str(Event.objects.get().date) == "1966-01"
    assert Claim.objects.get().stance == "reports"


def choose(page: Page, select: str, term: str) -> None:
    """Open a select that searches, type, and take the first that it offers."""
    page.locator(f"{select} + .select2 .select2-selection").focus()
    page.keyboard.press("Enter")
    # It takes the focus a moment after it has opened: what is typed before that is lost.
    expect(page.locator(".select2-container--open .select2-search__field")).to_be_focused()
    page.keyboard.type(term)
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text(term, ignore_case=True)
    page.keyboard.press("Enter")


def test_a_likely_duplicate_shows_while_typing_and_takes_the_claims(editor):
    OfficeFactory()
    source = SourceFactory(title="The morning edition")
    event = EventFactory(title="Talks in Freedonia", date="1966", between=["FRE"], kind=KindFactory(slug="talks"))
    page = editor.open("/admin/events/event/add/")
    page.keyboard.type("Talks in Freedonia")
    page.locator("#id_date").fill("1966")
    expect(page.locator("#alike")).to_contain_text("Talks in Freedonia")
    photograph(page, "desk-likely-duplicate")
    page.keyboard.press("Alt+Shift+KeyC")
    choose(page, "#id_claims-0-source", "morning")
    page.locator("#id_claims-0-stance").select_option("reports")
    page.get_by_role("button", name="Add my claims to this one").press("Enter")
    page.wait_for_url(f"**/{event.pk}/change/")

    expect(page.locator(".messagelist")).to_contain_text("1 claim added here")
    assert Claim.objects.get().source == source


PRESSED_EARLY = """
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("#id_claims-0-source")?.focus();
  const key = { altKey: true, shiftKey: true, code: "KeyN", bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", key));
  document.activeElement.blur();
});
"""


def test_a_key_pressed_before_the_page_is_ready_does_not_leave_the_form(editor):
    editor.page.add_init_script(PRESSED_EARLY)
    with editor.context.expect_page() as opened:
        page = editor.open("/admin/events/event/add/")
    expect(opened.value.locator("#id_slug")).to_be_visible()
    opened.value.close()

    expect(page).to_have_url(f"{editor.server}/admin/events/event/add/")


def test_a_source_is_added_without_losing_the_page(editor):
    page = editor.open("/admin/events/event/add/")
    page.keyboard.type("Half written")
    page.keyboard.press("Alt+Shift+KeyC")
    expect(page.locator("#id_claims-0-source + .select2 .select2-selection")).to_be_focused()
    with editor.context.expect_page() as opened:
        page.keyboard.press("Alt+Shift+KeyN")
    popup = opened.value
    popup.locator("#id_title").press_sequentially("The evening edition")
    expect(popup.locator("#id_slug")).to_have_value("the-evening-edition")
    choose(popup, "#id_publisher", "daily")
    popup.locator("#id_kind").select_option("article")
    popup.locator("#id_published").fill("2018-06-04")
    with popup.expect_event("close"):
        popup.locator("#id_published").press("Enter")

    expect(page.locator("#id_claims-0-source")).to_contain_text("The evening edition")
    expect(page.locator("#id_title")).to_have_value("Half written")
