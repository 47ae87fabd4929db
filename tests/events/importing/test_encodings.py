"""Tables of other encodings than UTF-8."""

import codecs

import pytest
import yaml

from events.importing.guessing import guess
from events.importing.problems import ImportRefused
from events.importing.running import import_events
from events.models import Event
from tests.events.importing.files import VISITS, table

pytestmark = pytest.mark.django_db

HEADER = ("no", "start", "end", "who", "from", "to")
VISIT = ("1", "2018-06-04", "", "Somebody", "North Korea", "Syria")


def mapping_of(path):
    return yaml.safe_load(guess(path))


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16", "utf-8-sig", "utf-8"])
def test_a_table_of_another_encoding_is_read_and_its_rejects_are_utf_8(encoding, folder, countries, bring_in):
    rows = table(HEADER, (*VISIT[:3], "Müller", *VISIT[4:]), ("2", "2018", "", "Jérôme", "Nulle part", "Syria"))
    guessed_of = folder / "guessed.csv"
    guessed_of.write_bytes(rows.encode(encoding))
    (folder / "m.yaml").write_text(f"{VISITS}encoding: {encoding.replace('utf-8-sig', 'windows-1252')}\n")

    report = bring_in("v.csv", rows.encode(encoding), "table", mapping=folder / "m.yaml")

    assert mapping_of(guessed_of).get("encoding", "utf-8") == encoding.removesuffix("-sig")
    assert (report.created, report.rejected) == (1, 1)
    assert Event.objects.get().title == "Visit of Müller to Syria"
    rejects = folder / "v.rejects.csv"
    assert rejects.read_bytes().startswith(codecs.BOM_UTF8)
    rejects.write_text(rejects.read_text().replace("Nulle part", "PRK"))
    assert import_events([rejects], "table", mapping=folder / "m.yaml").created == 1
    assert Event.objects.filter(title="Visit of Jérôme to Syria").exists()


def test_a_guessed_encoding_is_asked_by_a_word_of_the_file(folder):
    (folder / "t.csv").write_bytes("date,country,who\n2018,Syria,Herr Müller\n".encode("cp1252"))

    assert "# ??? The file is no UTF-8. Is “Müller” written so?" in guess(folder / "t.csv")


@pytest.mark.parametrize(("encoding", "rest"), [("utf-16", b""), ("gb18030", b" ")])
def test_a_file_that_ends_in_half_a_letter_is_read_up_to_it(encoding, rest, folder, countries, bring_in):
    rows = f"{table(HEADER, VISIT)}2,2019,,李,North Korea,李"
    (folder / "m.yaml").write_text(f"{VISITS}encoding: {encoding}\n")

    report = bring_in("t.csv", rows.encode(encoding)[:-1] + rest, "table", mapping=folder / "m.yaml")

    assert (report.created, report.rejected) == (1, 1)
    assert f"to holds bytes that are no {encoding}" in report.reasons[0]
    assert import_events([folder / "t.rejects.csv"], "table", mapping=folder / "m.yaml").rejected == 1
    assert "date: {from: '{start}'" in guess(folder / "t.csv")


def test_a_file_that_is_not_of_the_encoding_that_the_mapping_names_is_refused(folder, countries, bring_in):
    (folder / "m.yaml").write_text(f"{VISITS}encoding: utf-16\n")

    with pytest.raises(ImportRefused, match="it is no utf-16: name another encoding in the mapping"):
        bring_in("t.csv", table(HEADER, (*VISIT[:3], "Jérôme", *VISIT[4:])).encode("cp1252"), "table",
                 mapping=folder / "m.yaml")  # fmt: skip


def test_texts_that_a_wrong_encoding_spoilt_are_asked_about(folder, countries):
    (folder / "t.csv").write_text("date,country,who\n2018,Syria,Jérôme\n2018,Syria,CÃ´me\n")

    assert "# ??? “CÃ´me” seems to be “Côme”, spoilt by a wrong encoding" in guess(folder / "t.csv")


@pytest.mark.parametrize(
    ("encoding", "header"),
    [
        ("windows-1251", "Дата;Страна;Цель"),
        ("windows-1256", "التاريخ;الدولة;الغرض"),
        ("gb18030", "日期;国家;目的"),
        ("windows-1252", "Datum;Länder;Zweck"),
        ("windows-1250", "Data;Gość;Cel wizyty"),
        ("windows-1253", "Ημερομηνία;Χώρα;Σκοπός"),
        ("windows-1254", "Tarih;Ülke;Açıklama"),
        ("shift_jis", "日付;国名;備考"),
        ("euc-kr", "날짜;국가;내용"),
    ],
)
def test_an_encoding_is_told_by_the_names_of_columns(encoding, header, folder, countries):
    (folder / "t.csv").write_bytes(f"{header}\n4.6.2018;Syria;x\n".encode(encoding))

    found = mapping_of(folder / "t.csv")

    assert found["encoding"] == encoding
    assert found["date"]["text"] == f"{{{header.split(';')[0]}}}"


@pytest.mark.parametrize("encoding", ["ansi", "base64", "[a]"])
def test_an_encoding_that_is_none_is_refused(encoding, folder, countries, bring_in):
    (folder / "m.yaml").write_text(f"{VISITS}encoding: {encoding}\n")

    with pytest.raises(ImportRefused, match=r"m\.yaml: .*encoding"):
        bring_in("v.csv", table(HEADER, VISIT), "table", mapping=folder / "m.yaml")
