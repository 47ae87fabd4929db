"""An event written from nothing, by keyboard alone."""

from playwright.sync_api import Page, expect

from events.models import Claim, Event
from tests.browser.editing import photograph
from tests.factories import EventFactory, KindFactory, OfficeFactory, SourceFactory


def test_an_event_is_written_by_keyboard(editor):
    SourceFactory(title="The morning edition", publisher__name="Daily News")
    page = editor.open("/admin/events/event/add/")
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.type("Freedonia–Sylvania talk")
    expect(page.locator("#id_slug")).to_have_value("freedonia-sylvania-talk")
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

    expect(page.get_by_role("heading", name="Freedonia–Sylvania talk")).to_be_visible()
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
