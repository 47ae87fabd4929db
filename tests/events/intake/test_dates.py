"""Words for dates, read in a text of Monday 4 June 2018 unless a case says otherwise."""

import pytest

from events.edtf import EDTFDate
from events.intake.dates import dates_in
from events.intake.expressions import Clock
from events.intake.points import Point, of_date


def read(sentence, published="2018-06-04", last=None, narrative=None):
    clock = Clock(of_date(EDTFDate.parse(published)) if published else None, last)
    return [mention.edtf for mention in dates_in(sentence, clock, narrative)[0]]


WHOLE = {
    "on 2018-05-30 they": ["2018-05-30"],
    "at 2018-06-12T09:00:00+08:00 they": ["2018-06-12"],
    "on 30 May 2018": ["2018-05-30"],
    "on May 30, 2018, he": ["2018-05-30"],
    "on the 30th of May, 2018": ["2018-05-30"],
    "on Wednesday, 30 May 2018": ["2018-05-30"],
    "on the first of March 1919": ["1919-03-01"],
    "on Sept. 17, 1978": ["1978-09-17"],
    "on 03.06.2018": ["2018-06-03"],
    "on 13/06/2018": ["2018-06-13"],
    "on 03/06/2018": ["[2018-03-06,2018-06-03]"],
    "in October 1973": ["1973-10"],
    "in late October of 1973": ["1973-10"],
    "in 1966": ["1966"],
    "In 1966, they": ["1966"],
    "in the 1960s": ["196X"],
    "in the early 1960s": ["196X"],
    "in the sixties": ["196X"],
    "in the 19th century": ["18XX"],
    "in the nineteenth century": ["18XX"],
    "on 31 June 2018": ["2018-06"],
    "in the spring of 1990": ["1990-21"],
    "in the winter of 1991-92": ["1991-24"],
    "in the first half of 2018": ["2018-40"],
    "in the fourth quarter of 2017": ["2017-36"],
    "at the end of 2012": ["2012"],
}
CHANGED = {
    "since 2011 it has": ["2011/.."],
    "has ruled since May 2010": ["2010-05/.."],
    "since at least 2015": ["[..2015]"],
    "until 1991": ["../1991"],
    "From 1955 on, they": ["1955/.."],
    "by March 2017": ["[..2017-03]"],
    "will be ready by March 2019": ["[2018-06-04..2019-03]"],
    "no later than 30 May 2018": ["[..2018-05-30]"],
    "before 2010": ["[..2009]"],
    "before 3 March 2010": ["[..2010-03-02]"],
    "after May 2010": ["[2010-05..]"],
    "around 1966": ["1966~"],
    "in or about 1966": ["1966~"],
    "probably in 1966": ["1966?"],
}
SEVERAL = {
    "from 28 September to 2 October 1974": ["1974-09-28/1974-10-02"],
    "from 28 December to 2 January 1975": ["1974-12-28/1975-01-02"],
    "from 1973 to 1975": ["1973/1975"],
    "the war of 1973–75": ["1973/1975"],
    "on May 3-5, 2018": ["2018-05-03/2018-05-05"],
    "3–5 May 2018": ["2018-05-03/2018-05-05"],
    "on 21 and 22 March 2016": ["2016-03-21/2016-03-22"],
    "on 21 and 29 March 2016": ["{2016-03-21,2016-03-29}"],
    "on 3 or 4 May": ["[2018-05-03,2018-05-04]"],
    "between 10 and 15 July 2012": ["[2012-07-10..2012-07-15]"],
    "between January and May 2013": ["[2013-01..2013-05]"],
    "between 1973 and 1975": ["[1973..1975]"],
    "in 1973 and 1974": ["{1973,1974}"],
    "in 1973 or 1974": ["[1973,1974]"],
    "in May 2010, and again on 3 June 2011": ["2010-05", "2011-06-03"],
}
RELATIVE = {
    "said on Sunday that": ["2018-06-03"],
    "said on Monday that": ["2018-06-04"],
    "will meet on Friday": ["2018-06-08"],
    "On Friday they will meet": ["2018-06-08"],
    "On Friday they said that they would meet": ["2018-06-01"],
    "last Wednesday": ["2018-05-30"],
    "next Monday": ["2018-06-11"],
    "on Tuesday last week": ["2018-05-29"],
    "today": ["2018-06-04"],
    "yesterday evening": ["2018-06-03"],
    "tomorrow": ["2018-06-05"],
    "the day before yesterday": ["2018-06-02"],
    "over the weekend": ["[2018-06-02..2018-06-03]"],
    "last week": ["[2018-05-28..2018-06-03]"],
    "will be held later this week": ["[2018-06-04..2018-06-10]"],
    "earlier this month": ["2018-06"],
    "last month": ["2018-05"],
    "next month": ["2018-07"],
    "this year": ["2018"],
    "last year": ["2017"],
    "in September last year": ["2017-09"],
    "last November": ["2017-11"],
    "last summer": ["2017-22"],
    "on May 30": ["2018-05-30"],
    "on June 12": ["2017-06-12"],
    "is to be held on June 12": ["2018-06-12"],
    "is to be held on January 12": ["2019-01-12"],
    "in December": ["2017-12"],
    "in March": ["2018-03"],
    "three days ago": ["2018-06-01"],
    "two weeks ago": ["2018-05-21~"],
    "three years ago": ["2015~"],
    "a decade ago": ["2008~"],
    "will resume in two weeks": ["2018-06-18~"],
    "will be signed within three months": ["[2018-06-04..2018-09]"],
    "in the past day": ["2018-06-03/2018-06-04"],
    "Since the beginning of the year": ["[2018-01-01..2018-06-04]"],
    "on 5 May 2010, and two weeks later": ["2010-05-05", "2010-05-19~"],
    "on 5 May 2010, and the next day": ["2010-05-05", "2010-05-06"],
    "in May 2010, and the following month": ["2010-05", "2010-06"],
    "in May 2010, and later that year": ["2010-05", "2010"],
    "in May 2010, and the previous year": ["2010-05", "2009"],
    "on 5 May 2010, and on the 12th": ["2010-05-05", "2010-05-12"],
}
NONE = {
    "the first visit since 1928": [],
    "trade has doubled since 1970": [],
    "They may meet": [],
    "a march on the capital": [],
    "some 1500 troops and a force of 2000 men": [],
    "resolution 1718 was adopted": [],
    "for two days": [],
    "a 19-year-old": [],
    "the 2015 agreement": [],
}


@pytest.mark.parametrize(
    ("sentence", "dates"), [*WHOLE.items(), *CHANGED.items(), *SEVERAL.items(), *RELATIVE.items(), *NONE.items()]
)
def test_a_date_is_no_more_precise_than_its_words(sentence, dates):
    assert read(sentence) == dates


@pytest.mark.parametrize(
    ("published", "sentence", "dates"),
    [
        ("2018-06", "on Sunday", ["2018-06"]),
        ("2018", "on May 30", ["2018-05-30"]),
        ("2018", "earlier this month", ["2018"]),
        ("1978-09-17", "will meet later this week", ["[1978-09-17..1978-09-23]"]),
        (None, "on May 30", [""]),
        (None, "on Sunday", []),
        (None, "in May 1966", ["1966-05"]),
    ],
)
def test_what_the_texts_own_date_leaves_open_stays_open(published, sentence, dates):
    assert read(sentence, published) == dates


def test_a_month_in_a_tale_of_another_year_is_of_that_year_or_the_next():
    assert read("In October they met", narrative=Point(1973, 6)) == ["1973-10"]
    assert read("In March they met", narrative=Point(1973, 6)) == ["1974-03"]
    assert read("They will meet in October", narrative=Point(1973, 6)) == ["2018-10"]


@pytest.mark.parametrize(
    ("sentence", "last", "date"),
    [
        ("They left that November", Point(1981, 1), "1981-11"),
        ("They left that February", Point(1980, 11), "1981-02"),
        ("They left in May of the same year", Point(1980), "1980-05"),
        ("They left the following May", Point(1980, 6), "1981-05"),
        ("They left the previous December", Point(1988, 5), "1987-12"),
    ],
)
def test_a_month_follows_from_the_date_named_before(sentence, last, date):
    assert read(sentence, last=last) == [date]
