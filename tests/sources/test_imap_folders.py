"""What folders are for: as the server says, else by their names in many languages."""

import pytest

from askwell.sources.imap_folders import Mailbox, mailboxes, names

Listed = tuple[tuple[bytes, ...], bytes | None, str]


class Listing:
    """As much of a client as lists folders."""

    def __init__(self, *folders: Listed, can: tuple[str, ...] = (), shared: tuple[str, ...] = ()) -> None:
        self._folders, self._can = folders, (*can, "NAMESPACE")
        self.other, self.shared = None, tuple((one, "/") for one in shared) or None

    def has_capability(self, name: str) -> bool:
        return name in self._can

    def namespace(self) -> "Listing":
        return self

    def list_folders(self) -> tuple[Listed, ...]:
        return self._folders


def found(listing: Listing) -> tuple[Mailbox, ...]:
    return mailboxes(listing)  # type: ignore[arg-type]


def plain(*folders: str, separator: bytes = b"/") -> tuple[Listed, ...]:
    return tuple(((), separator, name) for name in folders)


def test_gmail_all_mail_alone() -> None:
    listing = Listing(
        *plain("INBOX", "Reise"),
        ((b"\\HasChildren", b"\\Noselect"), b"/", "[Gmail]"),
        ((b"\\All", b"\\HasNoChildren"), b"/", "[Gmail]/All e-post"),
        ((b"\\Drafts",), b"/", "[Gmail]/Utkast"),
        ((b"\\Sent",), b"/", "[Gmail]/Sendt e-post"),
        ((b"\\Junk",), b"/", "[Gmail]/Søppelpost"),
        ((b"\\Trash",), b"/", "[Gmail]/Papirkurv"),
        ((b"\\Flagged",), b"/", "[Gmail]/Stjernemerket"),
        can=("X-GM-EXT-1",),
    )
    every = found(listing)
    assert [one.name for one in every if one.proposed] == ["[Gmail]/All e-post"]
    assert "[Gmail]" not in [one.name for one in every]
    assert next(one.role for one in every if one.name.endswith("Utkast")) == "drafts"


def test_gmail_that_hides_all_mail() -> None:
    listing = Listing(*plain("INBOX", "Reise", "[Gmail]/Sendt e-post", "[Gmail]/Spam"), can=("X-GM-EXT-1",))
    assert [one.name for one in found(listing) if one.proposed] == ["INBOX", "[Gmail]/Sendt e-post", "Reise"]


def test_elsewhere_all_mail_is_a_view_of_the_others() -> None:
    listing = Listing(*plain("INBOX"), ((b"\\All",), b"/", "All"), ((b"\\Archive",), b"/", "Arkiv"))
    assert [one.name for one in found(listing) if one.proposed] == ["INBOX", "Arkiv"]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Sendte elementer", "sent"),
        ("INBOX.Sendt", "sent"),
        ("Gesendete Objekte", "sent"),
        ("SENT ITEMS", "sent"),
        ("Éléments envoyés", "sent"),
        ("Отправленные", "sent"),
        ("Kladd", "drafts"),
        ("Entwürfe", "drafts"),
        ("INBOX.Papirkurv", "trash"),
        ("Papierkorb", "trash"),
        ("Søppelpost", "junk"),
        ("Useriøs e-post", "junk"),
        ("Utboks", "other"),
        ("Kalender", "other"),
        ("Prosjekt.Sendt", ""),
        ("Prosjekter", ""),
    ],
)
def test_names_count_where_the_server_is_silent(name: str, role: str) -> None:
    (one,) = found(Listing(*plain(name, separator=b".")))
    assert one.role == role
    assert one.proposed is (role in ("sent", ""))


def test_what_the_server_says_counts_more_than_the_name() -> None:
    (one,) = found(Listing(((b"\\Sent",), b"/", "Papirkurv")))
    assert (one.role, one.proposed) == ("sent", True)


def test_what_lies_in_the_trash_is_trash() -> None:
    every = found(Listing(*plain("Papirkurv", "Papirkurv/2024", "Papirkurv/2024/Mai")))
    assert [one.proposed for one in every] == [False, False, False]


def test_others_folders_and_closed_ones_are_not_there() -> None:
    listing = Listing(*plain("INBOX", "Andre/kari"), ((b"\\NonExistent",), b"/", "Borte"), shared=("Andre/",))
    assert [one.name for one in found(listing)] == ["INBOX"]


def test_a_server_without_a_hierarchy() -> None:
    assert [one.role for one in found(Listing(((), None, "INBOX"), ((), None, "Sent")))] == ["inbox", "sent"]


def test_no_name_means_two_things() -> None:
    import tomllib
    from importlib import resources

    data = tomllib.loads((resources.files("askwell.sources") / "folder_names.toml").read_text("utf-8"))
    listed = [name.casefold() for every in data.values() for name in every]
    assert len(listed) == len(set(listed)) == len(names())
