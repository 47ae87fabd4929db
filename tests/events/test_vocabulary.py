import re

import pytest

from events.vocabulary import kinds
from events.vocabulary.cameo import CODES_OF_KIND, KIND_OF_CAMEO, UnknownCameoCode, kind_for
from events.vocabulary.plover import QUAD_OF, Effect, PloverCategory, QuadClass
from events.vocabulary.roles import DYADIC_ROLES, ROLE_BITS, Role
from events.vocabulary.stances import STANCE_ORDER, Stance

KINDS = {kind["id"]: kind for kind in kinds()}


def test_kinds_are_named_once_and_in_order():
    ids = [kind["id"] for kind in kinds()]

    assert ids == sorted(set(ids))
    assert 30 <= len(ids) <= 45


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_can_be_applied_by_an_editor(kind):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind["id"])
    assert len(kind["definition"]) > 30
    assert kind.get("category", "") in {*PloverCategory.values, ""}
    assert kind["quad"] in QuadClass.values
    assert kind.get("effect", "") in {*Effect.values, ""}
    assert 0 <= kind["default_importance"] <= 100
    if "category" in kind:
        assert QUAD_OF[kind["category"]] == kind["quad"]


def test_every_cameo_code_stands_for_one_kind():
    assert set(KIND_OF_CAMEO.values()) <= set(KINDS)
    assert sum(len(codes.split()) for codes in CODES_OF_KIND.values()) == len(KIND_OF_CAMEO)
    assert {f"{root:02}" for root in range(1, 21)} <= set(KIND_OF_CAMEO)
    assert all(code[:-1] in KIND_OF_CAMEO or code == "01" or len(code) == 2 for code in KIND_OF_CAMEO)


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if "cameo" in kind], ids=lambda kind: kind["id"])
def test_the_code_of_a_kind_stands_for_that_kind(kind):
    assert kind_for(kind["cameo"]) == kind["id"]


def test_an_unknown_code_is_named():
    with pytest.raises(UnknownCameoCode, match="'40' is no CAMEO code"):
        kind_for("40")


def test_roles_have_a_bit_each():
    assert sorted(ROLE_BITS.values()) == [1 << place for place in range(len(Role.values))]
    assert set(Role.values) - DYADIC_ROLES == {"observer", "subject"}


def test_every_stance_has_its_turn():
    assert set(STANCE_ORDER) == set(Stance.values)
    assert STANCE_ORDER[-2:] == ("retracts", "mentions")
