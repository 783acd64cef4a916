"""A sender's own words, apart from all that mail programs and people put around them."""

import time

import pytest

from askwell.text import clean

QUOTED = {
    "gmail, bokmål": "man. 3. mars 2025 kl. 10:12 skrev Kari Nordmann <kari@nordlys.example>:\n\n> Hei\n"
    "> Passer tirsdag?",
    "gmail, wrapped": "tir. 4. mars 2025 kl. 09:15 skrev Kari Nordmann-Halvorsen <\n"
    "kari@nordlys.example>:\n\n> Hei",
    "thunderbird, bokmål": "Den 03.03.2025 10:12, skrev Kari Nordmann:\n> Hei",
    "nynorsk": "Den 3. mars 2025 kl. 10:12 skreiv Kari Nordmann <kari@nordlys.example>:\n> Hei",
    "gmail, english": "On Mon, Mar 3, 2025 at 10:12 AM Kari Nordmann <kari@nordlys.example> wrote:\n\n> Hi",
    "apple, three lines": "On 3 Mar 2025, at 10:12, Kari Nordmann\n<kari@nordlys.example>\nwrote:\n\n"
    "Hi\nSee you",
    "danish": "Den man. 3. mar. 2025 kl. 10.12 skrev Mette Holm <mette@holm.example>:\n> Hej",
    "swedish": "Den mån 3 mars 2025 kl 10:12 skrev Eva Lind <eva@lind.example>:\n> Hej",
    "german": "Am 03.03.2025 um 10:12 schrieb Jan Weber:\n> Hallo\n> Danke",
    "unquoted german": "Am Mo., 3. März 2025 um 10:12 Uhr schrieb Jan Weber <jan@weber.example>:\n\n"
    "Hallo\nDanke",
    "outlook, bokmål": "________________________________\nFra: Kari Nordmann\nSendt: mandag 3. mars "
    "2025 10:12\n"
    "Til: Anna Berg\nEmne: Møte\n\nHei Anna\nPasser tirsdag?",
    "outlook, nynorsk": "Frå: Kari Nordmann <kari@nordlys.example>\nSendt: måndag 3. mars 2025\nTil: "
    "Anna\nEmne: Møte\n\nHei",
    "outlook, english": "-----Original Message-----\nFrom: Kari Nordmann\nSent: Monday, March 3, 2025 10:12\n"
    "To: Anna Berg\nSubject: RE: Meeting\n\nHi Anna",
    "outlook, swedish": "Från: Eva Lind\nSkickat: den 3 mars 2025 10:12\nTill: Anna\nÄmne: Möte\n\nHej",
    "outlook, german": "Von: Jan Weber\nGesendet: Montag, 3. März 2025 10:12\nAn: Anna\nBetreff: "
    "Treffen\n\nHallo",
    "bold headers": "*From:* Kari [mailto:kari@nordlys.example]\n*Sent:* 3 March 2025\n*To:* Anna\n"
    "*Subject:* Hi\n\nHi",
    "forward, bokmål": "---------- Videresendt melding ---------\nFra: Kari <kari@nordlys.example>\n"
    "Date: man. 3. mars\n"
    "Subject: Møte\nTo: Anna\n\nHei",
    "forward, apple": "Videresendt melding:\n\nFra: Kari <kari@nordlys.example>\nEmne: Møte\n\nHei",
    "notes": "---------------------- Forwarded by Kari Nordmann/OSL on 03/03/2025 10:12 AM\n"
    "----------------------\n\nHi",
    "notes, headers": "Kari Nordmann\n03/03/2025 10:12 AM\nTo:\tAnna Berg/OSL@NORDLYS\ncc:\t\n"
    "Subject:\tMeeting\n\nHi",
    "initials": "KN> Passer tirsdag?\nKN> Eller onsdag?",
    "mobile": "Sendt fra min iPhone",
    "mobile, english": "Sent from my Galaxy phone",
    "outlook mobile": "Få Outlook for iOS",
    "signature": "-- \nAnna Berg\nDaglig leder",
    "list footer": "_______________________________________________\nkor mailing list\n"
    "http://kor.example/listinfo",
    "google group": "You received this message because you are subscribed to the group.\nTo "
    "unsubscribe, send an email.",
    "disclaimer": "Denne e-posten er kun ment for mottakeren og kan inneholde fortrolig informasjon.\n"
    "Slett den ellers.",
    "disclaimer, english": "This email and any attachments are confidential and intended for the "
    "recipient only.",
}


@pytest.mark.parametrize("strange", QUOTED.values(), ids=QUOTED.keys())
def test_what_is_not_the_senders_goes(strange: str) -> None:
    own = "Hei Kari!\n\nJa, tirsdag passer fint for meg."
    assert clean.own_words(f"{own}\n\n{strange}\n") == own


OWN = (
    "On Monday Anna wrote:\nplease come early",
    "Den 3. mars 2025 kl. 10:12 skrev jeg til deg om følgende:\nleien",
    "On 3 March 2025 I sent you the following:\n\n- a list",
    "Jeg skrev til Kari at hun burde komme.\nHun svarte ikke.",
    "She wrote to him. He wrote back.",
    "Fra: Oslo\nTil: Bergen\nDato: 3. mai kl. 10:00\n\nPasser det?",
    "Sent from my desk, this is much easier than my phone.",
    "Thanks for the papers!\n\nBest,\nAnna\n\nPS: see you on Monday",
    "And here is a fix -- this is no signature.",
    "Del en\n\n--\n\n" + "Her kommer en ganske lang linje om det som står i del to av brevet.\n" * 6,
    "Takk for sist. Vil du være med på lunsj?\n\nHilsen\nKari",
    "What I need:\n- a room\n- a projector",
    "Ring meg på 99 88 77 66 når du kan, så tar vi det da.",
    "Unngå -> dette, og husk <3",
)


@pytest.mark.parametrize("text", OWN)
def test_what_is_the_senders_stays(text: str) -> None:
    kept = " ".join(clean.own_words(text).split())
    assert kept == " ".join(text.replace("\n--\n", "\n").split())


def test_inline_replies_stay_between_the_quotes() -> None:
    text = "Kari wrote:\n> Can you come?\nYes.\n> And Ola?\n\nHe cannot.\n"
    assert clean.own_words(text) == "Yes.\n\nHe cannot."


def test_the_card_under_a_closing_goes_and_the_name_stays() -> None:
    card = "Daglig leder, Nordlys AS\nTlf. 99 88 77 66\nwww.nordlys.example"
    text = f"Takk for sist!\n\nMed vennlig hilsen\nAnna Berg\n{card}"
    assert clean.own_words(text) == "Takk for sist!\n\nMed vennlig hilsen\nAnna Berg"
    assert [zone.kind for zone in clean.zones(text)] == ["own", "closing", "signature"]


def test_a_card_without_a_closing_goes() -> None:
    text = "Tirsdag passer.\n\nAnna Berg\nHead of Data\nanna@nordlys.example\n+47 99 88 77 66"
    assert clean.own_words(text) == "Tirsdag passer."


def test_a_name_with_a_title_is_a_card_and_a_list_of_names_is_not() -> None:
    assert clean.own_words("Tirsdag passer.\n\nAnna Berg\nSeniorrådgiver, Nordlys") == "Tirsdag passer."
    names = "Disse kommer:\n\nAnna Berg\nOla Vik"
    assert clean.own_words(names) == names


def test_a_quoted_line_broken_by_a_mail_program_stays_a_quote() -> None:
    long = "> this quoted line is so long that the next program on its way broke it in"
    assert clean.own_words(f"{long}\ntwo\n> and went on\n\nI see.") == "I see."
    assert clean.own_words("> Can you?\nyes\n> And Ola?") == "yes"


def test_a_title_under_a_signed_closing_goes_and_the_closing_stays() -> None:
    assert clean.own_words("Kom gjerne.\n\nHilsen Åshild\nFestivalleder") == "Kom gjerne.\n\nHilsen Åshild"


def test_a_disclaimer_on_top_is_only_its_paragraph() -> None:
    text = "Privileged and confidential\nThis email contains legal advice\n\nDear Anna,\ncould you call me?"
    assert clean.own_words(text) == "Dear Anna,\ncould you call me?"


def test_a_from_that_a_mailbox_escaped_is_the_senders() -> None:
    assert clean.own_words(">From what I hear, it went well.\nDid it?").startswith(">From what")


def test_zones_name_the_greeting_the_attribution_and_the_quote() -> None:
    text = "Hei Kari,\nja.\n\nMvh Anna\n\nOn Mon, Kari wrote:\n> Kommer du?"
    found = [(zone.kind, text[zone.start : zone.end]) for zone in clean.zones(text)]
    assert found == [
        ("greeting", "Hei Kari,"),
        ("own", "ja."),
        ("closing", "Mvh Anna"),
        ("attribution", "On Mon, Kari wrote:"),
        ("quote", "> Kommer du?"),
    ]


def test_offsets_stay_valid() -> None:
    text = "Hei 👋\n> æøå\nKan du komme?"
    masked = clean.mask(text)
    at = text.index("Kan")
    assert masked[at:] == "Kan du komme?"
    assert masked == "Hei 👋\n     \nKan du komme?"


def test_lines_of_the_parent_are_quotes_also_when_wrapped_anew() -> None:
    parent = "Hei Anna,\nkan du sende meg listen over deltakerne innen fredag, så rekker vi trykkeriet?\nKari"
    quote = "kan du sende meg listen over deltakerne\ninnen fredag, så rekker vi trykkeriet?"
    text = f"{quote}\n\nDen kommer i morgen."
    assert clean.own_words(text, parent=parent) == "Den kommer i morgen."
    assert clean.own_words("Hei Anna,\nfint!", parent=parent) == "Hei Anna,\nfint!"


def test_windows_line_ends_stay_in_place() -> None:
    text = "Ja.\r\n\r\nOn Mon, Kari wrote:\r\n> Kommer du?\r\n"
    masked = clean.mask(text)
    assert clean.own_words(text) == "Ja."
    assert [i for i, sign in enumerate(masked) if sign in "\r\n"] == [
        i for i, s in enumerate(text) if s in "\r\n"
    ]


def test_patches_and_code_are_nobodys_sentences() -> None:
    text = "See below.\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n-- \n2.1\n"
    assert clean.own_words(text) == "See below."


def test_what_lies_beyond_the_largest_text_is_blank() -> None:
    text = "Ja. " * (clean.LARGEST // 4) + "mer"
    masked = clean.mask(text)
    assert len(masked) == len(text)
    assert masked.endswith("Ja.    ")
    assert clean.zones(text)[-1].kind == "beyond"


HOSTILE = {
    "newlines": "\n",
    "on": "On ",
    "lines of on": "On\n",
    "headers": "Fra:\n",
    "nested quotes": ">",
    "one word": "a",
    "closings": "Mvh\n",
    "rules": "_" * 30 + "\n",
    "colons": "x 1:\n",
    "wrote": "On 1 Jan 10:10 x <\n",
    "dashes": "--\n",
    "spaces": " ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        best = 99.0
        for _ in range(3):
            start = time.process_time()
            clean.mask(text)
            best = min(best, time.process_time() - start)
        return best

    assert cost(200_000) <= 25 * cost(25_000) + 0.2  # eight times is in step, 64 times is its square
