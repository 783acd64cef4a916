"""Tables that nobody knows and chats: asked about, explained once, then known."""

import json
from pathlib import Path

import pytest
from tests.doors.conftest import Call
from tests.doors.test_bad_input import refused
from tests.sources.test_sheet import MEMBERS
from tests.sources.test_whatsapp import ANDROID, IPHONE

from askwell import plugins
from askwell.sources import archive, whatsapp


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "medlemmer.csv"
    path.write_text(MEMBERS, "utf-8")
    return path


@pytest.fixture
def chats(monkeypatch: pytest.MonkeyPatch) -> None:
    """WhatsApp among the sources, also where the installed package is older than the reader."""
    found, broken = plugins.load()
    if whatsapp.SOURCE not in found:
        for module in (plugins, archive):
            monkeypatch.setattr(module, "load", lambda *_: ((*found, whatsapp.SOURCE), broken))


def test_in_a_pipe_the_proposal_is_the_remedy_and_then_it_is_kept(call: Call, table: Path) -> None:
    ran = call("import", table)
    refused(ran, "medlemmer.csv", "--columns name=Hvem", "--columns email=Adresse", "--yes")
    assert call("import", table, "--yes", "--dry-run").status == 0
    assert call("import", table).status == 2  # a dry run keeps nothing
    assert call("import", table, "--yes").status == 0
    assert "Kari Nordmann, Nordlys AS <kari@nordlys.example>" in call("people").out
    table.write_text(MEMBERS.replace("Siri Lie;siri@", "Eva Vik;eva@"))
    assert json.loads(call("--json", "import", table.rename(table.with_name("neste"))).out)["contacts"] == 1


def test_the_user_may_say_otherwise(call: Call, table: Path) -> None:
    said = ("--columns", "name=hvem", "--columns", "email=2", "--columns", "title=Arbeidssted")
    assert call("import", table, *said).status == 0
    assert json.loads(call("--json", "person", "kari").out)["title"] == "Nordlys AS"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("name=Hvem",), ("e-mail addresses or telephones",)),
        (("navn=Hvem", "email=Adresse"), ('"navn"', "Choose one of name, given")),
        (("name=Hvor", "email=Adresse"), ('no column "Hvor"', "Hvem, Adresse")),
        (("name=Hvem", "email=77"), ('no column "77"',)),
        (("name",), ('"name"',)),
    ],
)
def test_columns_that_are_not_there(
    call: Call, table: Path, said: tuple[str, ...], words: tuple[str, ...]
) -> None:
    refused(call("import", table, *(each for one in said for each in ("--columns", one))), *words)
    assert call("people").out.startswith("Nobody yet")


def test_a_known_table_may_be_explained_otherwise(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Name,Email,Boss\nKari Nordmann,k@x.no,Ola Hansen\n")
    assert call("import", path, "--columns", "name=Boss", "--columns", "email=Email").status == 0
    assert "Ola Hansen <k@x.no>" in call("people").out


def test_a_table_in_a_folder_is_passed_over_with_the_reason(call: Call, table: Path) -> None:
    (table.parent / "folder").mkdir()
    table.rename(table.parent / "folder" / "x.csv")
    (table.parent / "folder" / "c.vcf").write_text("BEGIN:VCARD\nFN:Kari Nordmann\nEND:VCARD\n")
    report = json.loads(call("--json", "import", table.parent / "folder").out)
    assert (report["contacts"], report["skipped"][0]["examples"]) == (1, ["folder/x.csv"])


def test_columns_that_were_kept_and_damaged(call: Call, table: Path, tmp_path: Path) -> None:
    assert call("import", table, "--yes").status == 0
    (tmp_path / "home" / "columns.toml").write_text("[[table]]\nheader = 3\n")
    refused(call("import", table), "columns.toml cannot be read", "Mend or remove")


@pytest.mark.usefixtures("chats")
def test_a_chat_asks_who_one_is(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Kari.txt"
    path.write_text(ANDROID, "utf-8")
    refused(
        call("import", path),
        "Who are you in WhatsApp Chat with Kari.txt",
        "Kari Nordmann, Ingrid Dahl",
        "--me",
    )
    refused(call("import", path, "--me", "Inger"), 'called "Inger"', "Kari Nordmann, Ingrid Dahl")
    report = json.loads(call("--json", "import", path, "--me", "ingrid dahl").out)
    assert (report["personal"], report["people"]) == (3, ["kari-nordmann"])
    again = json.loads(call("--json", "import", path).out)
    assert (again["personal"], again["known"]) == (0, 4)
    said = call("person", "kari", "--on", "2024-02-01").out
    assert "CV" in said


@pytest.mark.usefixtures("chats")
def test_a_chat_in_the_zip_of_an_iphone(call: Call, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "chat.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("_chat.txt", IPHONE)
        out.writestr("1.jpg", b"\xff\xd8")
    refused(call("import", path), "Who are you in chat.zip/_chat.txt")
    report = json.loads(call("--json", "import", path, "--me", "Ingrid Dahl").out)
    assert (report["personal"], report["people"]) == (2, ["kari-nordmann"])
