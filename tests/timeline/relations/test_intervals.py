"""Events between two countries → intervals, by table."""

import re

import pytest
import yaml
from django.conf import settings

from events.vocabulary import kinds
from tests.timeline.told import step, steps
from timeline.relations.intervals import interval_json, intervals_of
from timeline.relations.steps import RULE_OF_EFFECT, RULE_OF_KIND, Direction, RelationState, Rule, Step


def in_words(intervals) -> list[str]:
    """ "embassies 1966–1980", with "?" where it is not certain."""
    return [f"{each.state} {each.begins or ''}–{each.ends or ''}{'' if each.certain else '?'}" for each in intervals]


def rows(heading: str) -> list[list[str]]:
    """The cells of the documented tables whose first column has *heading*, without backticks."""
    text = (settings.BASE_DIR / "docs/relations.md").read_text(encoding="utf-8")
    table = re.search(rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)[1]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in table.splitlines()]


def documented(rule: Rule) -> list[str]:
    if rule.direction is Direction.STRAIN:
        return ["strain", "the same"]
    return [rule.direction.value, str(rule.state or "one rung on")]


@pytest.mark.parametrize(("heading", "rules"), [("kind", RULE_OF_KIND), ("effect", RULE_OF_EFFECT)])
def test_the_documented_table_is_the_one_applied(heading, rules):
    assert rows(heading) == [[str(name), *documented(rule)] for name, rule in rules.items()]


def test_every_state_is_documented():
    assert [state for state, _ in rows("state")] == list(RelationState)


def test_every_kind_of_ours_with_an_effect_has_a_rule_of_its_own_that_leads_the_same_way():
    ours = {kind["id"]: kind["effect"] for kind in kinds() if kind.get("effect")}
    upward = {kind for kind, rule in RULE_OF_KIND.items() if rule.direction is Direction.UP}

    assert set(ours) == set(RULE_OF_KIND)
    assert upward == {kind for kind, effect in ours.items() if effect in ("opens", "raises")}


@pytest.mark.parametrize(
    ("told", "intervals"),
    [
        ([], ["unknown –?"]),
        (["summit 1966"], ["unknown –?"]),
        (["sanctions-imposed 1966"], ["unknown –?"]),
        (["recognition 1948"], ["none –1948", "recognised 1948–"]),
        (["relations-established 1966"], ["none –1966", "relations 1966–"]),
        (["mission-opened 1969"], ["unknown –1969?", "missions 1969–"]),
        (["mission-closed 1969"], ["unknown –1969?", "relations 1969–"]),
        (["relations-severed 1967"], ["unknown –1967?", "severed 1967–"]),
        (
            ["relations-established 1966", "embassy-opened 1966", "mission-opened 1969"],
            ["none –1966", "embassies 1966–"],
        ),
        (
            ["relations-established 1950", "mission-opened 1955", "embassy-opened 1960"],
            ["none –1950", "relations 1950–1955", "missions 1955–1960", "embassies 1960–"],
        ),
        (
            [
                "embassy-opened 1960",
                "relations-severed 1967-06",
                "relations-established 1974",
                "embassy-opened 1974-07",
            ],
            ["unknown –1960?", "embassies 1960–1967-06", "severed 1967-06–1974", "relations 1974–1974-07",
             "embassies 1974-07–"],
        ),
        (
            ["embassy-opened 1960", "relations-severed 1967", "mission-closed 1970", "recognition 1971"],
            ["unknown –1960?", "embassies 1960–1967", "severed 1967–"],
        ),
        (
            ["relations-established 1950", "recognition-withdrawn 1960", "relations-severed 1961"],
            ["none –1950", "relations 1950–1960", "none 1960–"],
        ),
        (["recognition 1948", "relations-severed 1967"], ["none –1948", "recognised 1948–1967", "severed 1967–"]),
    ],
)
def test_the_intervals_that_events_amount_to(told, intervals):
    assert in_words(intervals_of(steps(*told))) == intervals


@pytest.mark.parametrize(
    ("told", "intervals"),
    [
        (["curated-raises 1950"], ["unknown –1950?", "recognised 1950–"]),
        (["curated-lowers 1950"], ["unknown –?"]),
        (["curated-opens 1950"], ["none –1950", "relations 1950–"]),
        (["curated-closes 1950"], ["unknown –1950?", "severed 1950–"]),
        (
            ["relations-severed 1950", "curated-raises 1960"][::-1],
            ["unknown –1950?", "severed 1950–1960", "relations 1960–"],
        ),
        (["relations-established 1950", "curated-lowers 1960"], ["none –1950", "relations 1950–"]),
        (["embassy-opened 1950", "curated-raises 1960"], ["unknown –1950?", "embassies 1950–"]),
        (
            ["embassy-opened 1950", "curated-lowers 1960", "curated-lowers 1970", "curated-lowers 1980"],
            ["unknown –1950?", "embassies 1950–1960", "missions 1960–1970", "relations 1970–"],
        ),
        (["relations-established 1950", "curated-raises 1950"], ["none –1950", "relations 1950–"]),
        (["embassy-opened 1950", "curated-opens 1960"], ["unknown –1950?", "embassies 1950–"]),
    ],
)
def test_a_kind_that_curators_add_goes_by_its_effect(told, intervals):
    assert in_words(intervals_of(steps(*told))) == intervals


@pytest.mark.parametrize(
    ("told", "last"),
    [
        (["embassy-opened 1966 PRK", "mission-opened 1969 SYR", "mission-closed 1980 SYR"], "embassies 1966–"),
        (["embassy-opened 1966 PRK", "mission-opened 1969 SYR", "mission-closed 1980 PRK"], "missions 1980–"),
        (["embassy-opened 1966 PRK", "mission-opened 1969 SYR", "mission-closed 1980"], "relations 1980–"),
        (["embassy-opened 1966 PRK", "mission-closed 1980 SYR"], "embassies 1966–"),
        (["embassy-opened 1966", "mission-closed 1980 SYR"], "relations 1980–"),
        (["mission-opened 1966 SYR", "embassy-opened 1970 SYR", "mission-closed 1980 SYR"], "relations 1980–"),
        (["embassy-opened 1966 SYR", "relations-severed 1980", "mission-opened 1990 PRK"], "missions 1990–"),
        (["embassy-opened 1966 SYR", "curated-raises 1970 PRK", "mission-closed 1980 SYR"], "relations 1980–"),
    ],
)
def test_where_one_closes_its_post_the_others_may_stay(told, last):
    assert in_words(intervals_of(steps(*told)))[-1] == last


def test_relations_and_an_embassy_of_one_year_begin_together():
    _, embassies = intervals_of(steps("relations-established 1966", "embassy-opened 1966", "embassy-opened 1969"))

    assert [opener.kind for opener in embassies.opened_by] == ["embassy-opened", "relations-established"]


def test_a_second_embassy_opens_the_interval_too_only_if_it_may_have_come_with_the_first():
    _, embassies = intervals_of(steps("embassy-opened 1966", "embassy-opened 1966-05", "embassy-opened 1967"))

    assert [opener.date.edtf for opener in embassies.opened_by] == ["1966", "1966-05"]


@pytest.mark.parametrize(
    "kind", ["ambassador-recalled", "diplomats-expelled", "relations-reduced", "sanctions-imposed"]
)
def test_a_strain_is_listed_and_leaves_the_embassy_open(kind):
    *_, embassies = intervals_of(steps("embassy-opened 1966", f"{kind} 1970"))

    assert (embassies.state, embassies.ends, embassies.certain) == ("embassies", None, True)
    assert [strain.kind for strain in embassies.strained_by] == [kind]


def test_a_strain_dated_as_the_break_came_before_it():
    _, embassies, severed = intervals_of(
        steps("embassy-opened 1966", "relations-severed 1970", "ambassador-recalled 1970")
    )

    assert [len(interval.strained_by) for interval in (embassies, severed)] == [1, 0]


@pytest.mark.parametrize("verification", ["alleged", "disputed", "unsupported", "retracted"])
def test_what_is_not_borne_out_changes_no_state_but_puts_it_in_doubt(verification):
    *_, embassies = intervals_of(steps("embassy-opened 1966", f"relations-severed 1970 {verification}"))

    assert (embassies.state, embassies.ends, embassies.certain) == ("embassies", None, False)
    assert [doubt.kind for doubt in embassies.doubted_by] == ["relations-severed"]


def test_what_is_not_borne_out_and_would_change_nothing_puts_nothing_in_doubt():
    *_, embassies = intervals_of(steps("embassy-opened 1966", "embassy-opened 1970 alleged"))

    assert (embassies.certain, embassies.doubted_by) == (True, ())


def test_the_next_firm_change_ends_a_doubt():
    told = ("embassy-opened 1966", "relations-severed 1970 alleged", "mission-closed 1980")

    assert in_words(intervals_of(steps(*told))) == ["unknown –1966?", "embassies 1966–1980?", "relations 1980–"]


@pytest.mark.parametrize("occurrence", ["planned", "postponed", "cancelled", "unknown"])
def test_only_what_occurred_counts(occurrence):
    opened = step("embassy-opened 1966")
    planned = Step(opened.slug, "", opened.kind, opened.effect, opened.date, occurrence, "confirmed")

    assert intervals_of([planned]) == intervals_of([])


@pytest.mark.parametrize(
    ("told", "intervals"),
    [
        (
            ["embassy-opened 1960", "relations-severed 1967", "relations-established 1967"],
            ["unknown –1960?", "embassies 1960–1967", "severed 1967–1967?", "relations 1967–?"],
        ),
        (
            ["relations-established 1967", "relations-severed 1967"],
            ["none –1967", "relations 1967–1967?", "severed 1967–?"],
        ),
        (
            ["relations-severed 1967", "embassy-opened 1967-05"],
            ["unknown –1967?", "severed 1967–1967-05?", "embassies 1967-05–?"],
        ),
        (
            ["embassy-opened 1966~", "relations-severed 1967-05", "relations-established 1968"],
            ["unknown –1966~?", "embassies 1966~–1967-05?", "severed 1967-05–1968?", "relations 1968–"],
        ),
        (
            ["relations-established 1966", "embassy-opened 1966-05"],
            ["none –1966", "relations 1966–1966-05", "embassies 1966-05–"],
        ),
    ],
)
def test_what_may_have_come_in_another_order_is_not_certain(told, intervals):
    assert in_words(intervals_of(steps(*told))) == intervals


def test_a_change_lies_where_its_event_begins():
    told = ("relations-established 1966/1970", "relations-severed 1968")

    assert in_words(intervals_of(steps(*told))) == ["none –1966/1970", "relations 1966/1970–1968", "severed 1968–"]


def curated_steps() -> list[Step]:
    """The curated events of North Korea and Syria alone."""
    events = yaml.safe_load((settings.BASE_DIR / "fixtures/events.yaml").read_text(encoding="utf-8"))
    return [
        step(f"{event['kind']} {event['date']}", event["id"], event["title"])
        for event in events
        if {party.get("country") for party in event["participants"]} == {"PRK", "SYR"}
    ]


def test_north_korea_and_syria_have_had_embassies_since_1966():
    none, embassies = [interval_json(interval) for interval in intervals_of(curated_steps())]

    assert (none["state"], none["begins"], none["ends"]["label"]) == ("none", None, "1966")
    assert none["closed_by"] == embassies["opened_by"]
    assert (embassies["begins"]["latest_start"], embassies["ends"]) == ("1966-12-31", None)
    assert (embassies["certain"], embassies["strained_by"], embassies["doubted_by"]) == (True, [], [])
    assert embassies["opened_by"][0] == {
        "id": "north-korea-opens-embassy-in-damascus",
        "url": "/api/v1/events/north-korea-opens-embassy-in-damascus/",
        "title": "North Korea opens its embassy in Damascus",
        "kind": "embassy-opened",
        "date": "1966",
        "verification": "reported",
    }
