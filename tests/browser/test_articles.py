"""From a pasted article to drafts, by keyboard alone."""

from playwright.sync_api import expect

from events.models import Article, Claim, Event, Proposal
from tests.browser.editing import photograph
from tests.browser.looking import violations
from tests.factories import EventFactory, KindFactory

ARTICLE = (
    "Freedonia and Sylvania talk again\n\n"
    "Freedonia and Sylvania held talks in 1966. Freedonia and Sylvania signed an agreement in 1967.\n\n"
    "Nothing else is known.\n"
)
MANY = "\n\n".join(f"Freedonia and Sylvania held talks in {year}." for year in range(1950, 1990))


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
