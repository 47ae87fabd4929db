"""Paragraphs are numbered as an editor counts them."""

from events.intake import paragraphs
from events.intake.sentences import sentences


def split(paragraph):
    return [paragraph[start:end] for start, end in sentences(paragraph)]


def test_what_stands_above_the_first_sentence_is_not_counted():
    text = (
        "Two states take up relations\n\n4 June 2018 03:35 (UTC+04:00)\n\nThey did so on Sunday.\n\n“Gladly,” he said."
    )

    assert paragraphs(text) == ["They did so on Sunday.", "“Gladly,” he said."]


def test_wrapped_lines_are_one_paragraph_and_lines_of_a_list_are_several():
    wrapped = """The two governments took up relations on Sunday, after many years in
                 which neither had wished to know of the other at all."""
    listed = """Leaders to meet this year
                Russia 1 June 12:18
                Troops are not a subject of the talks, a minister says
                US 2 June"""

    assert len(paragraphs(wrapped)) == 1
    assert len(paragraphs(listed)) == 4


def test_windows_line_ends_and_spaces_are_nothing():
    assert paragraphs("One.\r\n\r\n  Two   words. \r\n\r\n") == ["One.", "Two words."]


def test_html_is_read_as_it_is_seen():
    html = """<!DOCTYPE html><html><head><title>T</title><style>p {}</style></head><body><h1>A headline</h1>
    <p>One <b>sentence</b>
    of caf&eacute;s.</p><script>alert("No.")</script><ul><li>Another.</li></ul>Third.<br>Fourth.</body></html>"""

    assert paragraphs(html) == ["One sentence of cafés.", "Another.", "Third.", "Fourth."]


def test_a_less_than_sign_makes_no_html():
    assert paragraphs("It grew by < 5 percent in 2017 & fell later.") == [
        "It grew by < 5 percent in 2017 & fell later."
    ]


def test_nothing_has_no_paragraphs():
    assert paragraphs("") == paragraphs(" \n\n ") == []


def test_abbreviations_end_no_sentence():
    assert split(
        "Mr. Begin met U.S. President J. Carter on Sept. 5. He left the U.S. The talks went on at 9.30 a.m. there."
    ) == [
        "Mr. Begin met U.S. President J. Carter on Sept. 5.",
        "He left the U.S.",
        "The talks went on at 9.30 a.m. there.",
    ]


def test_a_quotation_ends_with_its_marks():
    assert split("“We agree.” “So do we!” he said. (It was late.) Then they left") == [
        "“We agree.”", "“So do we!” he said.", "(It was late.)", "Then they left",
    ]  # fmt: skip
