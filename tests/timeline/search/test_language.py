import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.search.cutting import indexed_text
from timeline.search.language import LONGEST_TEXT, BadText, TextQuery


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Kim", "kim"),
        ("kim  SUMMIT", "kim summit"),
        ('"weapons inspectors"', '"weapons inspectors"'),
        ("“weapons inspectors”", '"weapons inspectors"'),
        ("Jong-un", '"jong un"'),
        ("Erdoğan", "erdogan"),
        ("sanction*", "sanction*"),
        ('"kim jo"*', '"kim jo"*'),
        ("kim -summit", "kim -summit"),
        ('kim -"joint statement" -sanct*', 'kim -"joint statement" -sanct*'),
        ("-sanctions", "-sanctions"),
        ("kim - summit", "kim summit"),
        ('"never closed', '"never closed"'),
        ("kim kim", "kim"),
        ("NEAR(a b) AND c:d", '"c d" "near a" and b'),
    ],
)
def test_what_is_typed_is_read(typed, read):
    assert TextQuery.parse(typed) == TextQuery.parse(read)
    assert sorted(str(TextQuery.parse(typed))) == sorted(read)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("!!!", "letter"), ("-", "letter"), ('""', "letter"), ("a" * 201, "200"), ("a b c d e f g h i j k", "10")],
)
def test_what_cannot_be_looked_for_is_refused(typed, expected):
    with pytest.raises(BadText, match=expected):
        TextQuery.parse(typed)


def test_a_query_is_said_in_words():
    assert TextQuery.parse("kim sanct* -talks").words == "that mention “kim” and “sanct…” but not “talks”"
    assert TextQuery.parse("-talks").words == "that do not mention “talks”"


@given(st.text())
def test_nothing_typed_breaks_it(text):
    try:
        query = TextQuery.parse(text)
    except BadText:
        return
    if len(str(query)) <= LONGEST_TEXT:  # taken apart, letters may be more
        assert TextQuery.parse(str(query)) == query


def test_no_phrase_reaches_from_one_field_into_the_next():
    assert indexed_text(["Kim Jong-un", "Visits"]) == "kim jong un _ visits _"


def test_a_word_counts_255_times_at_most():
    words = indexed_text(["a " * 300]).split()
    assert (words.count("a"), len(words)) == (255, 301)
