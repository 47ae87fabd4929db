"""Who is meant, by name, people, capital, title or pronoun, at a date."""

import pytest

from events.edtf import EDTFDate
from events.intake import Names, propose
from events.intake.parties import Discourse
from tests.events.intake.record import names_of_fixtures


def named(sentence, when="2018-06-04"):
    found = Discourse(names_of_fixtures()).mentions(sentence, EDTFDate.parse(when))
    return [each for mention in found for each in mention.ids]


def roles(text, published="2018-06-04"):
    return [{party.public_id: party.role for party in each.parties} for each in _proposals(text, published)]


def _proposals(text, published):
    return propose(text, EDTFDate.parse(published), names_of_fixtures())


@pytest.mark.parametrize(
    ("sentence", "when", "ids"),
    [
        ("Syria and the DPRK agreed", "2018", ["SYR", "PRK"]),
        ("Syrian and North Korean officials", "2018", ["SYR", "PRK"]),
        ("South Koreans, Danes and Swiss", "2018", ["KOR", "DNK", "CHE"]),
        ("officials of the two Koreas", "2018", ["PRK", "KOR"]),
        ("Pyongyang and Damascus", "2018", ["PRK", "SYR"]),
        ("Moscow protested", "2018", ["RUS"]),
        ("Moscow protested", "1968", ["SUN"]),
        ("German troops", "1940", ["XGR"]),
        ("German troops", "1995", ["DEU"]),
        ("China was represented", "1945", ["XRC"]),
        ("China was represented", "1972", ["CHN"]),
        ("the U.S. and the US", "2018", ["USA", "USA"]),
        ("He told us that they had shown it to us", "2018", []),
        ("the Security Council of the United Nations", "2018", ["un-security-council", "united-nations"]),
        ("the Korean War, the Sea of Japan and the Korean peninsula", "2018", []),
        ("roast turkey on fine china", "2018", []),
        ("Romania, Nigeria and Guinea-Bissau", "2018", ["ROU", "NGA", "GNB"]),
        ("Recep Tayyip Erdoğan and Raul Castro", "2018", ["recep-tayyip-erdogan", "raul-castro"]),
        ("Kim Jong-un", "2018", ["kim-jong-un"]),
        ("Kim Yong Chol", "2018", []),
        ("Hillary Clinton", "1995", []),
        ("President Clinton", "1995", ["bill-clinton"]),
        ("President Bush", "1990", ["george-h-w-bush"]),
        ("President Bush", "2003", ["george-w-bush"]),
        ("Ban on missiles", "2010", []),
        ("Mr. Begin will begin", "1978", ["menachem-begin"]),
    ],
)
def test_names_mean_whoever_was_so_called_then(sentence, when, ids):
    assert named(sentence, when) == ids


@pytest.mark.parametrize(
    ("sentence", "when", "ids"),
    [
        ("Syrian President Bashar al-Assad", "2018", ["bashar-al-assad"]),
        ("President Assad", "1990", ["hafez-al-assad"]),
        ("President Assad", "2010", ["bashar-al-assad"]),
        ("the Syrian president", "1990", ["hafez-al-assad"]),
        ("Syria's president", "2010", ["bashar-al-assad"]),
        ("the president of Syria", "2010", ["bashar-al-assad"]),
        ("the North Korean leader", "2018", ["kim-jong-un"]),
        ("the North Korean leader", "1995", ["kim-jong-il"]),
        ("President Anwar Sadat of Egypt", "1978", ["anwar-sadat"]),
        ("Javad Zarif, the Iranian foreign minister, left", "2016", ["mohammad-javad-zarif"]),
        ("Iran's Foreign Minister Javad Zarif", "2016", ["mohammad-javad-zarif"]),
        ("Syrian Foreign Minister Walid al-Moallem", "2016", ["SYR"]),
        ("Chinese President Xi Jinping and Kim", "2018", ["xi-jinping", "kim-jong-un"]),
    ],
)
def test_a_title_means_whoever_held_the_office_then(sentence, when, ids):
    assert named(sentence, when) == ids


def test_a_surname_is_whoever_bore_it_before_where_several_might():
    text = "Kim Dae-jung met Kim Jong Il on 13 June 2000. Kim flew to Moscow on 15 June 2000."

    assert roles(text, "2000-07-01")[1] == {"kim-jong-il": "visitor", "RUS": "host"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya opened an embassy in Havana in 2001.", {"KEN": "initiator", "CUB": "host"}),
        ("North Korea sent some 530 troops to Syria in 1973.", {"PRK": "provider", "SYR": "beneficiary"}),
        ("In 1973 troops were sent to Syria by North Korea.", {"PRK": "provider", "SYR": "beneficiary"}),
        ("France imposed sanctions on Iran in 2012.", {"FRA": "initiator", "IRN": "target"}),
        ("Talks between Iran and Iraq opened in Geneva in 1988.", {"IRN": "party", "IRQ": "party"}),
        ("Talks on Syria opened in Vienna in 2015.", {"SYR": "subject"}),
        ("Putin visited Syria in 2017.", {"vladimir-putin": "visitor", "SYR": "host"}),
        ("Putin received the Syrian president in 2017.", {"vladimir-putin": "host", "bashar-al-assad": "visitor"}),
        ("In 2018 Trump met Putin in Finland.", {"donald-trump": "party", "vladimir-putin": "party"}),
        ("In 1990 Iraq invaded Kuwait.", {"IRQ": "initiator", "KWT": "target"}),
    ],
)
def test_who_acts_and_who_is_acted_upon(text, expected):
    assert roles(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin flew to Egypt on Monday. He will visit Turkey on Friday.", {"vladimir-putin", "TUR"}),
        ("Cuba and Kenya held talks on Monday. The two countries signed a treaty on Sunday.", {"CUB", "KEN"}),
        (
            "Trump and Putin spoke on Monday. The two leaders met in Vienna on Sunday.",
            {"donald-trump", "vladimir-putin"},
        ),
        ("Syria protested. It recalled its ambassador in 2011.", {"SYR"}),
        ("Iraq invaded Kuwait on 2 August 1990 and annexed it on 8 August 1990.", {"IRQ", "KWT"}),
        ("A committee of the parliament signed an agreement in 2011.", set()),
    ],
)
def test_pronouns_mean_whom_the_text_spoke_of_where_that_is_safe(text, expected):
    assert set(roles(text)[-1]) == expected


def test_a_record_that_knows_nobody_finds_nobody():
    proposals = propose("Kenya and Cuba signed a treaty on 3 May 2001.", None, Names())

    assert [(each.date, each.parties) for each in proposals] == [("2001-05-03", ())]


def test_them_are_those_of_whom_the_measure_was_told():
    text = "The United States imposed sanctions on Cuba in February 1962. Washington eased them in January 2015."

    assert roles(text)[1] == {"USA": "initiator", "CUB": "beneficiary"}


def test_a_ceasefire_without_names_is_between_those_who_were_told_of_before():
    text = "Talks between Peru and Ecuador began in Brasilia in April 1997. A ceasefire had been signed in 1995."

    assert roles(text)[1] == {"PER": "party", "ECU": "party"}


def test_relations_of_one_are_with_the_other_of_the_two():
    text = "Bolivia broke off relations with Chile in 1962. Relations with Chile were restored in February 1975."

    assert roles(text)[1].keys() == {"BOL", "CHL"}


def test_whoever_is_accused_has_no_other_side_made_up():
    text = "Britain and Russia met in 2017. Britain has accused Russia of attacking a village on 3 May 2018."

    assert roles(text)[-1].keys() == {"RUS"}


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Zambian Foreign Minister Joe Malanji spoke first. Malanji left for Cuba on 3 May 2018.", {"ZMB", "CUB"}),
        ("Joe Malanji, Zambia's foreign minister, spoke first. Malanji left for Cuba on 3 May 2018.", {"ZMB", "CUB"}),
        ("President Edgar Lungu of Zambia flew to Cuba on 3 May 2018.", {"ZMB", "CUB"}),
        ("Foreign Secretary Jeremy Hunt flew to Cuba on 3 May 2018.", {"GBR", "CUB"}),
        ("Zambia was content. President Edgar Lungu flew to Cuba on 3 May 2018.", {"ZMB", "CUB"}),
    ],
)
def test_people_whom_the_record_lacks_stand_for_their_country(text, parties):
    assert set(roles(text)[-1]) == parties


def test_what_a_text_says_of_somebody_goes_before_what_was_guessed():
    discourse = Discourse(names_of_fixtures())
    discourse.strangers.note("Edgar Lungu", "CUB", guessed=True)
    discourse.strangers.note("Edgar Lungu", "ZMB")
    discourse.strangers.note("Edgar Lungu", "CUB", guessed=True)

    assert [each.ids for each in discourse.mentions("Lungu agreed.", None)] == [("ZMB",)]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Bahrain, whose coast guard held two boats in May 2018, agreed.", {"BHR"}),
        ("Tunisia, whose port French soldiers have held since May 2018, agreed.", {"TUN", "FRA"}),
        ("China downgraded its embassy in Vilnius on 3 May 2018.", {"CHN", "LTU"}),
        ("The White House turned on Cuba in May 2018.", {"USA", "CUB"}),
        ("Kenya and Cuba have quarrelled. The army shot down a drone on 3 May 2018.", {"KEN", "CUB"}),
    ],
)
def test_parties_are_found_in_relative_clauses_at_posts_and_by_what_is_theirs(text, parties):
    assert set(roles(text)[0]) == parties


def test_where_nobody_is_named_it_is_told_of_whom_the_text_speaks_most():
    text = "Cuba was quiet. Kenya grows tea. Kenya has ports. The soldiers rioted on 3 May 2018."

    assert set(roles(text)[0]) == {"KEN"}


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Kenya and Cuba have quarrelled. Norway urged both by phone on 3 May 2018 to yield.", {"NOR", "KEN", "CUB"}),
        ("Kenya and Cuba have quarrelled. Kenya put an embargo on its neighbour in May 2018.", {"KEN", "CUB"}),
        ("Kenya and Cuba have quarrelled. Their foreign ministers met in Rome on 3 May 2018.", {"KEN", "CUB"}),
        ("Kenya and Cuba have quarrelled. Kenya recalled its ambassador on 3 May 2018.", {"KEN", "CUB"}),
    ],
)
def test_the_other_side_is_known_where_a_text_speaks_of_two(text, parties):
    assert set(roles(text)[-1]) == parties
