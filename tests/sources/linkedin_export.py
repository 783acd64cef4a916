"""A LinkedIn export, made up, in the form of any year."""

import csv
import io
import zipfile
from pathlib import Path

ME, KARI, OLA = (
    f"https://www.linkedin.com/in/{name}" for name in ("ingrid-dahl", "kari-nordmann", "ola-vik")
)
NOTES = 'Notes:\n"When exporting your connection data, you may notice that some addresses are missing."\n\n'
CONNECTIONS = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
MESSAGES = (
    "CONVERSATION ID",
    "CONVERSATION TITLE",
    "FROM",
    "SENDER PROFILE URL",
    "TO",
    "RECIPIENT PROFILE URLS",
    "DATE",
    "SUBJECT",
    "CONTENT",
    "FOLDER",
    "ATTACHMENTS",
)
INVITATIONS = ("From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl")

KARI_ROW = ("Kari", "Nordmann, Ph.D.", KARI, "kari@nordlys.example", "Nordlys", "Redaktør", "08 Feb 2026")
OLA_ROW = ("Ola", "Vik", OLA, "", "Havn AS", "Skipper", "09 Feb 2026")
HIDDEN_ROW = ("", "", "", "", "", "", "07 Jun 2026")
ASK = "Hei Kari!\nKunne du sett på CV-en min?"


def message(n: int, sender: str, to: str, text: str, url: str = "", urls: str = "") -> tuple[str, ...]:
    known = {"Ingrid Dahl": ME, "Kari Nordmann, Ph.D.": KARI, "Ola Vik": OLA}
    day = f"2026-03-{n:02} 14:03:22 UTC"
    return (
        f"talk-{known.get(to, to) if sender == 'Ingrid Dahl' else known.get(sender, sender)}",
        "",
        sender,
        url or known.get(sender, ""),
        to,
        urls or known.get(to, ""),
        day,
        "",
        text,
        "INBOX",
        "",
    )


TALK = (
    message(1, "Ingrid Dahl", "Kari Nordmann, Ph.D.", ASK),
    message(2, "Kari Nordmann, Ph.D.", "Ingrid Dahl", "Ja, gjerne. Send den over!"),
    message(3, "Ola Vik", "Ingrid Dahl", "Takk for sist!"),
)
INVITED = (
    (
        "Ingrid Dahl",
        "Ola Vik",
        "1/29/26, 2:37 PM",
        "Hei Ola, hyggelig å treffe deg på Nor-Fishing.",
        "OUTGOING",
        ME,
        OLA,
    ),
    ("Per Ås", "Ingrid Dahl", "1/30/26, 9:05 AM", "", "INCOMING", "https://www.linkedin.com/in/per", ME),
)


def table(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], before: str = "") -> bytes:
    out = io.StringIO(before, newline="")
    out.seek(0, 2)
    csv.writer(out, lineterminator="\n").writerows((header, *rows))
    return out.getvalue().encode()


def export(path: Path, **more: bytes) -> Path:
    """The zip, with further or other members by name (`__` stands for a dot)."""
    files = {
        "Connections.csv": table(CONNECTIONS, (KARI_ROW, OLA_ROW, HIDDEN_ROW), NOTES),
        "messages.csv": table(MESSAGES, TALK),
        "Invitations.csv": table(INVITATIONS, INVITED),
        "learning_role_play_messages.csv": table(MESSAGES, TALK),
        "Ad_Targeting.csv": b"Member Age,Company\n25,x\n",
        "Rich_Media.html": b"<p>hello</p>",
    } | {name.replace("__", "."): data for name, data in more.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return path
