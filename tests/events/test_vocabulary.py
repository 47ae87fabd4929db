import re
from collections import Counter

import pytest

from events.vocabulary import kinds
from events.vocabulary.cameo import CODES_OF_KIND, KIND_OF_CAMEO, UnknownCameoCode, kind_for
from events.vocabulary.plover import Effect, PloverCategory, QuadClass
from events.vocabulary.roles import DYADIC_ROLES, ROLE_BITS, Role
from events.vocabulary.stances import STANCE_ORDER, Stance
from tests.events.plover_manual import CONTEXTS, MODES_OF, QUAD_OF

KEYS = ["id", "label", "definition", "category", "mode", "context", "quad", "cameo", "default_importance", "effect"]
#: How many codes of three and four digits the codebook has under each root; under 12 also the datasets' 1213 and 1214.
CODES_UNDER = dict(
    zip(
        (f"{root:02}" for root in range(1, 21)),
        (10, 27, 28, 7, 8, 5, 6, 25, 5, 27, 12, 28, 22, 26, 6, 13, 13, 14, 9, 7),
        strict=True,
    )
)

KINDS = {kind["id"]: kind for kind in kinds()}


def test_kinds_are_named_once_and_in_order():
    ids = [kind["id"] for kind in kinds()]

    assert ids == sorted(set(ids))
    assert len(ids) <= 60, "an editor has to find one of them in a list"


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_can_be_applied_by_an_editor(kind):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind["id"])
    assert list(kind) == [key for key in KEYS if key in kind]
    assert kind["label"]
    assert 30 < len(kind["definition"]) < 260
    assert kind.get("category", "") in {*PloverCategory.values, ""}
    assert kind["quad"] in QuadClass.values
    assert kind.get("effect", "") in {*Effect.values, ""}
    assert 0 <= kind["default_importance"] <= 100
    assert QUAD_OF.get(kind.get("category"), kind["quad"]) == kind["quad"]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_uses_the_terms_of_plover(kind):
    assert kind.get("mode", "") in {*MODES_OF.get(kind.get("category"), ()), ""}
    assert kind.get("context", "") in {*CONTEXTS, ""}


def test_a_definition_refers_to_other_kinds_by_their_labels():
    labels = {kind["label"] for kind in KINDS.values()}

    assert {name for kind in KINDS.values() for name in re.findall("“(.+?)”", kind["definition"])} <= labels


def test_every_category_has_one_quad_class():
    assert set(QUAD_OF) == set(PloverCategory.values)
    assert set(QUAD_OF.values()) == set(QuadClass)
    assert set(MODES_OF) <= set(PloverCategory.values)


def test_every_cameo_code_stands_for_one_kind():
    assert set(KIND_OF_CAMEO.values()) <= set(KINDS)
    assert sum(len(codes.split()) for codes in CODES_OF_KIND.values()) == len(KIND_OF_CAMEO)


def test_the_whole_of_cameo_is_covered():
    below = Counter(code[:2] for code in KIND_OF_CAMEO if len(code) > 2)

    assert {code for code in KIND_OF_CAMEO if len(code) == 2} == set(CODES_UNDER)
    assert below == CODES_UNDER
    assert all(re.fullmatch(r"\d{2,4}", code) for code in KIND_OF_CAMEO)
    assert all(code[:3] in KIND_OF_CAMEO for code in KIND_OF_CAMEO)


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if "cameo" in kind], ids=lambda kind: kind["id"])
def test_the_code_of_a_kind_stands_for_that_kind(kind):
    assert isinstance(kind["cameo"], str)
    assert kind_for(kind["cameo"]) == kind["id"]


@pytest.mark.parametrize(
    ("code", "too_much"),
    [("161", "relations-severed"), ("042", "state-visit"), ("044", "summit"), ("090", "un-report")],
)
def test_a_code_claims_no_more_than_it_says(code, too_much):
    assert kind_for(code) != too_much


@pytest.mark.parametrize("code", ["40", "21", "0415", ""])
def test_an_unknown_code_is_named(code):
    with pytest.raises(UnknownCameoCode, match=f"'{code}' is no CAMEO code"):
        kind_for(code)


def test_roles_have_a_bit_each():
    assert len(Role.values) == 14
    assert sorted(ROLE_BITS.values()) == [1 << place for place in range(len(Role.values))]
    assert set(Role.values) - DYADIC_ROLES == {"observer", "subject"}


def test_every_stance_has_its_turn():
    assert set(STANCE_ORDER) == set(Stance.values)
    assert STANCE_ORDER[-2:] == ("retracts", "mentions")
