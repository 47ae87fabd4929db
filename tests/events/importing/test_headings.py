"""What a guess makes of columns: by their names in several languages, by what stands in them, by the record's names."""

import openpyxl
import pytest
import yaml

from events.importing.guessing import guess
from events.models import Country
from tests.events.importing.files import table
from tests.factories import CountryFactory, LeaderFactory, OfficeFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


def mapping_of(folder, *rows):
    (folder / "t.csv").write_text(table(*rows))
    return yaml.safe_load(guess(folder / "t.csv"))


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (("Start", "End", "Visitor country", "Host country", "City", "Purpose", "Link"), ("2018-06-04", "2018-06-05")),
        (("Début", "Fin", "Pays visiteur", "Pays hôte", "Ville", "Objet", "Lien"), ("4 juin 2018", "5 juin 2018")),
        (("Von", "Bis", "Gast", "Gastgeber", "Ort", "Zweck", "Link"), ("4. Juni 2018", "5. Juni 2018")),
        (("Desde", "Hasta", "Visitante", "Anfitrión", "Lugar", "Objetivo", "Enlace"),
         ("4 de junio de 2018", "5 de junio de 2018")),
        (("من", "إلى", "الدولة الزائرة", "الدولة المضيفة", "المكان", "الغرض", "رابط"),
         ("٤ يونيو ٢٠١٨", "5 يونيو 2018")),
        (("开始", "结束", "来访国", "东道国", "地点", "目的", "链接"), ("2018年6月4日", "2018年6月5日")),
        (("Od", "Do", "Gość", "Gospodarz", "Miejsce", "Cel wizyty", "Link"), ("4 czerwca 2018", "5 czerwca 2018")),
        (("Başlangıç", "Bitiş", "Ziyaretçi", "Ev sahibi", "Şehir", "Konu", "Link"),
         ("4 Haziran 2018", "5 Haziran 2018")),
        (("x", "y", "Visiteur", "hôte", "lieu", "motif", "z"), ("4.6.2018", "5.6.2018")),
        (("x", "y", "Visitante", "País anfitrião", "Cidade", "Tema", "z"), ("4.6.2018", "5.6.2018")),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names_and_by_what_stands_in_them(header, row, countries, folder):
    rest = ("Syria", "Russia", "Moscow", "Talks on trade", "https://news.example/a")
    found = mapping_of(folder, header, (*row, *rest))
    start, end, visitor, host, place, purpose, link = (f"{{{name}}}" for name in header)

    assert (found["date"]["from"], found["date"]["to"]) == (start, end)
    assert found["participants"] == [{"role": "visitor", "country": visitor}, {"role": "host", "country": host}]
    assert found["place"] == {"name": place}
    assert found["summary"] == purpose
    assert found["claim"] == {"source": {"url": link}}


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        (("Sending state", "Receiving state"), ["initiator", "recipient"]),
        (("Imposed by", "Target"), ["initiator", "target"]),
        (("From", "To"), ["visitor", "host"]),
        (("Donor", "Beneficiary"), ["provider", "beneficiary"]),
        (("Donor", "Recipient"), ["provider", "beneficiary"]),
        (("Recognising state", "Recognised state"), ["initiator", "recipient"]),
        (("Country A", "Country B"), ["party", "party"]),
        (("Expelled country", "Expelled by"), ["target", "initiator"]),
        (("Recognised state", "Recognised by"), ["recipient", "initiator"]),
        (("Visited by", "Visited"), ["visitor", "host"]),
        (("Pays invité", "Invité par"), ["visitor", "initiator"]),
        (("Accused", "Accused by"), ["accused", "accuser"]),
        (("Released by", "Released to"), ["initiator", "recipient"]),
    ],
)
def test_a_column_tells_the_role_of_whom_it_names(header, roles, countries, folder):
    found = mapping_of(folder, ("Date", *header), ("2018", "Syria", "Russia"))

    assert [party["role"] for party in found["participants"]] == roles


def test_people_stand_beside_the_countries_of_their_role(countries, folder):
    LeaderFactory(slug="kim", name="Kim Jong Un")
    header = ("Date", "Host", "Host country", "Visitor", "Visitor country")
    found = mapping_of(folder, header, ("2018", "Someone", "Syria", "Kim Jong Un", "North Korea"))

    assert found["participants"] == [
        {"role": "host", "country": "{Host country}", "leader": {"text": "{Host}", "if_known": True}},
        {"role": "visitor", "country": "{Visitor country}", "leader": {"text": "{Visitor}", "if_known": True}},
    ]


def test_people_without_countries_are_parties_by_themselves(countries, folder):
    LeaderFactory(slug="kim", name="Kim Jong Un")
    LeaderFactory(slug="moon", name="Moon Jae In")

    found = mapping_of(folder, ("Date", "Leaders"), ("2018", "Kim Jong Un / Moon Jae In"))

    assert found["participants"] == [{"role": "party", "leader": {"text": "{Leaders}", "split": "/"}}]


def test_all_that_parts_names_is_found_and_what_is_one_name_stays_whole(countries, folder):
    CountryFactory(code="TTO", name="Trinidad and Tobago")
    rows = [("2018", "Syria, Russia, and North Korea"), ("2018", "Syria and Russia"), ("2018", "Syria\nRussia"),
            ("2018", "Trinidad and Tobago/Syria"), ("2018", "Russia and Trinidad and Tobago and Syria")]  # fmt: skip

    (party,) = mapping_of(folder, ("Date", "Countries"), *rows)["participants"]

    assert party["country"]["split"] == ["\n", "/", ", and ", ", ", " and "]
    assert party["country"]["values"] == {"Trinidad and Tobago": "Trinidad and Tobago"}


@pytest.mark.parametrize(("country", "is_asked"), [("Syria", True), ("Russia", False), ("Atlantis", False)])
def test_a_visitor_who_never_acted_for_the_country_beside_is_asked_about(country, is_asked, countries, folder):
    OfficeFactory(leader__name="Sergey Lavrov", country=Country.objects.get(code="RUS"))
    (folder / "t.csv").write_text(table(("Date", "Country", "Visitor"), ("2018", country, "Sergey Lavrov")))

    assert ("# ??? Sergey Lavrov held no office of Syria: where they went there" in guess(folder / "t.csv")) is is_asked


def test_a_header_that_is_repeated_names_nobody(countries, folder):
    found = mapping_of(folder, ("Date", "Country", "Type"), ("2018", "Syria", "Talks"), ("Date", "Country", "Type"),
                       ("2018", "Russia", "Talks"), ("2018", "#REF!", "Talks"))  # fmt: skip

    assert found["participants"] == [{"role": "party", "country": "{Country}"}]
    assert list(found["kind"]["values"]) == ["Talks"]


def test_three_countries_between_commas_are_no_person_of_the_last(countries, folder):
    rows = [("2018", "Syria, Russia, North Korea"), ("2018", "Russia, Syria"), ("2018", "Syria; Russia, North Korea")]

    (party,) = mapping_of(folder, ("Date", "Countries"), *rows)["participants"]

    assert party == {"role": "party", "country": {"text": "{Countries}", "split": [";", ", "]}}


def test_people_are_read_by_their_names_where_ids_of_another_list_stand_beside_them(countries, folder):
    found = mapping_of(folder, ("Date", "Who", "Name", "Country"), ("1974", "rusk-dean", "David Dean Rusk", "Russia"),
                       ("1973", "kissinger-henry-a", "Henry A. Kissinger", "Syria"))  # fmt: skip

    assert found["participants"] == [{"role": "party", "country": "{Country}",
                                      "leader": {"text": "{Name}", "if_known": True}}]  # fmt: skip
    assert found["claim"] == {"note": "{Name}"}


def test_names_that_the_record_lacks_are_listed_to_be_answered(countries, folder):
    (folder / "t.csv").write_text(table(("Date", "Pays"), ("2018", "Syra"), ("2018", "Russia"), ("2018", "Rusa")))

    text = guess(folder / "t.csv")

    assert "      Syra: Syra  # ??? unknown by this name; perhaps “Syria”\n" in text
    assert "      Rusa: Rusa  # ??? unknown by this name; perhaps “Russia”\n" in text


def test_countries_and_bodies_in_one_column_are_parties(countries, folder):
    OrganizationFactory(slug="eu", name="European Union", aliases=["EU"])

    (party,) = mapping_of(folder, ("Date", "State"), ("2018", "EU"), ("2018", "Syria"), ("2019", "Russia"))[
        "participants"
    ]

    assert party == {"role": "party", "party": "{State}"}


def test_codes_beside_names_of_the_same_countries_are_not_parties_twice(countries, folder):
    found = mapping_of(folder, ("Date", "Country", "Country code"), ("2018", "Syria", "SYR"))
    by_code = mapping_of(folder, ("Date", "ISO code"), ("2018", "SYR"))

    assert [party["country"] for party in found["participants"]] == ["{Country}"]
    assert [party["country"] for party in by_code["participants"]] == ["{ISO code}"]


def test_year_month_and_day_of_their_own_make_a_date(countries, folder):
    one = mapping_of(folder, ("Year", "Month", "Day", "Country"), ("2018", "June", "4", "Syria"))
    two = mapping_of(folder, ("Start Year", "Start Month", "Start Day", "End Year", "End Month", "Country"),
                     ("2018", "6", "4", "2019", "", "Syria"))  # fmt: skip
    years = mapping_of(folder, ("Year", "Country"), ("2018", "Syria"))

    assert one["date"] == {"year": "{Year}", "month": "{Month}", "day": "{Day}"}
    assert two["date"] == {
        "from": {"year": "{Start Year}", "month": "{Start Month}", "day": "{Start Day}"},
        "to": {"year": "{End Year}", "month": "{End Month}"},
    }
    assert years["date"] == "{Year}"


def test_what_is_called_from_and_to_is_dates_or_countries_by_what_stands_in_it(countries, folder):
    assert mapping_of(folder, ("From", "To", "Country"), ("2018", "2019", "Syria"))["date"] == {
        "from": "{From}", "to": "{To}",
    }  # fmt: skip
    assert mapping_of(folder, ("When", "From", "To"), ("2018", "Syria", "Russia"))["date"] == "{When}"


def test_a_kind_that_the_record_has_is_put_in_and_all_are_listed(countries, folder):
    found = mapping_of(folder, ("Date", "Country", "Type"), ("2018", "Syria", "State visit"), ("2018", "Syria", "Trip"))

    assert found["kind"]["values"] == {"State visit": "state-visit", "Trip": ""}
    assert "official-visit," in guess(folder / "t.csv")


def test_a_table_without_a_header_is_told_so(countries, folder):
    (folder / "t.csv").write_text("2018-06-04,Syria,Russia\n2018-06-05,Syria,Russia\n")

    assert "# ??? The header looks like a row of the table." in guess(folder / "t.csv")


def test_days_that_lost_their_format_are_read_as_a_spreadsheet_counts_them(countries, folder):
    (folder / "t.csv").write_text(table(("Date", "Country"), ("43255", "Syria"), ("43256", "Syria")))

    assert yaml.safe_load(guess(folder / "t.csv"))["date"] == {"text": "{Date}", "format": "serial"}
    assert "# ??? 43255 is read as 2018-06-04, as a spreadsheet counts days" in guess(folder / "t.csv")


def test_columns_of_a_spreadsheet_that_are_blank_throughout_are_not_listed(countries, folder):
    book = openpyxl.Workbook()
    book.active.append([None, "Date", None, "Country", "Else"])
    book.active.append([None, "2018", None, "Syria", "x"])
    book.save(folder / "t.xlsx")

    assert "# Not mapped: Else\n" in guess(folder / "t.xlsx")


def test_a_longer_name_of_the_same_country_is_no_second_party(countries, folder):
    rows = [("2018", "Syria", "SYRIA"), ("2018", "North Korea", "DPRK"), ("2018", "Russia", "Russian Federation")]

    found = mapping_of(folder, ("Date", "State", "Official name of state"), *rows)

    assert [party["country"] for party in found["participants"]] == ["{State}"]


def test_few_unknown_names_are_listed_and_the_others_counted(countries, folder):
    (folder / "t.csv").write_text(table(("Date", "State"), *(("2018", f"Nowhere {n:02}") for n in range(20))))

    text = guess(folder / "t.csv")

    assert text.count("# ??? unknown by this name") == 12
    assert "# 8 more names are unknown; a trial run tells which." in text


def test_who_is_the_same_in_all_rows_is_asked_for_where_one_party_was_found(countries, folder):
    (folder / "t.csv").write_text(table(("Date", "Visitor"), ("2018", "Syria")))

    assert "# Who is the same in all rows stands here, too, as in:  - {role: host, country: CHN}\n" in guess(
        folder / "t.csv"
    )


def test_dates_beside_the_date_of_the_event_are_told_of(countries, folder):
    (folder / "t.csv").write_text(table(("State", "Opened", "Closed"), ("Syria", "1969", "2013"),
                                        ("Russia", "July 1944", "March 2012"), ("Syria", "1946", "")))  # fmt: skip

    text = guess(folder / "t.csv")

    assert yaml.safe_load(text)["date"] == {"text": "{Opened}", "format": "written"}
    assert "# ??? Dates stand in Closed, too. Is the event's own among them?" in text


def test_a_header_between_headings_and_with_footnotes_is_found(countries, folder):
    rows = (["Calls", "", ""], ["Date*", "Country", "Notes¹"], ["2018", "", ""], ["4 June 2018", "Syria", "x"],
            ["2019", "", ""], ["5 July 2019", "Russia", "y"], ["* All in UTC", "", ""])  # fmt: skip
    found = mapping_of(folder, *rows)

    assert (found["header"], found["date"]["text"], found["summary"]) == (2, "{Date*}", "{Notes¹}")


def test_a_name_with_a_comma_is_not_parted_for_half_of_it(countries, folder):
    CountryFactory(code="KOR", name="Korea")

    (party,) = mapping_of(folder, ("Date", "State"), ("2018", "Korea, Dem. Rep."), ("2018", "Syria"))["participants"]

    assert "split" not in party["country"]


@pytest.mark.parametrize(("numbers", "is_id"), [(("1", "2", "3"), True), (("23", "4", "60"), False)])
def test_a_number_that_only_counts_something_is_no_id(numbers, is_id, countries, folder):
    rows = [(number, f"{2016 + place}", "Syria") for place, number in enumerate(numbers)]

    found = mapping_of(folder, ("Number", "Date", "Country"), *rows)

    assert found["id"] == ("{Number}" if is_id else "{Date} {Country}")


def test_who_travels_does_not_act_for_the_host(countries, folder):
    for header in ("Secretary", "Visitor"):
        found = mapping_of(folder, ("Date", header, "Countries visited"), ("2018", "Somebody", "Syria"))
        assert [party.get("country") for party in found["participants"]] == ["{Countries visited}", None]
        assert found["participants"][1]["leader"] == f"{{{header}}}"


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        (("Guest", "Country", "Host"), ["visitor", "host"]),
        (("Host", "Country", "Guest"), ["host", "visitor"]),
        (("Guest", "Host", "Country"), ["host", "party", "visitor"]),
    ],
)
def test_who_has_a_role_acts_for_the_country_in_the_next_column_that_has_none(header, roles, countries, folder):
    LeaderFactory(slug="kim", name="Kim Jong Un")
    cells = {"Guest": "Kim Jong Un", "Country": "North Korea", "Host": "Syria"}

    found = mapping_of(folder, ("Date", *header), ("2018", *(cells[name] for name in header)))["participants"]

    assert [party["role"] for party in found] == roles
    for party in found if len(found) == 2 else ():
        assert (party["country"] == "{Country}") == ("leader" in party) == (party["role"] == "visitor")


def test_the_names_of_people_are_kept_as_they_are_written(countries, folder):
    header = ("Date", "Visitor", "Visitor country", "Host leader", "Host country")

    found = mapping_of(folder, header, ("2018", "Somebody", "Syria", "Another", "Russia"))

    assert found["claim"]["note"] == "{Visitor}; {Host leader}"
