from collections.abc import Callable
from pathlib import Path

import pytest

COUNTRIES = """\
- id: PRK
  name: North Korea
  aliases:
  - DPRK
  alpha_2: KP
  numeric: '408'
  latitude: 39.03
  longitude: 125.75
- id: RUS
  name: Russia
  predecessors:
  - SUN
- id: SUN
  name: Soviet Union
  existence: 1922-12-30/1991-12-26
- id: SYR
  name: Syria
"""
ORGANIZATIONS = """\
- id: kcna
  name: Korean Central News Agency
  kind: news-agency
  country: PRK
- id: trend
  name: Trend
  kind: news-agency
"""
LEADERS = """\
- id: bashar-al-assad
  name: Bashar al-Assad
  offices:
  - title: President of Syria
    country: SYR
    held: 2000-07-17/..
    source: kcna-report
    locator: para. 1
"""
SOURCES = """\
- id: kcna-report
  title: Report of the agency
  publisher: kcna
  kind: report
  language: ko
  via: trend-article
- id: trend-article
  title: An article
  publisher: trend
  kind: article
  published: '2018-06-04T03:35:00+04:00'
"""
EVENTS = """\
- id: mission-in-pyongyang
  title: Syria opens a mission
  kind: mission-opened
  date: '1969'
  place:
    name: Pyongyang
    country: PRK
    latitude: 39.03
    longitude: 125.75
  importance: 60
  review: published
  participants:
  - role: initiator
    country: SYR
    leader: bashar-al-assad
    office: President of Syria
  - role: recipient
    country: PRK
  claims:
  - source: kcna-report
    stance: reports
    date: '1969'
    locator: para. 9
  - source: kcna-report
    stance: mentions
    locator: para. 10
- id: visit
  title: A visit
  kind: state-visit
  date: '[2018-05-30..]'
  importance: 70
  review: draft
"""
FILES = {
    "countries.yaml": COUNTRIES,
    "organizations.yaml": ORGANIZATIONS,
    "leaders.yaml": LEADERS,
    "sources.yaml": SOURCES,
    "events.yaml": EVENTS,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small record in canonical files."""
    path = tmp_path / "record"
    path.mkdir()
    for name, text in FILES.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], None]:
    """Put one text in place of another in one of the folder's files."""

    def replace(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace
