"""How well a sender's own words are told from the rest: `python -m bench.zones [--dev] [--misses]`.

Webis Gmane mails: by line, new text (paragraph, salutation, closing, section_heading) against quotes, their
markers, inline headers, signatures and visual separators. Lines of patches, logs, code and tables are neither
in a letter: the first figure leaves them out, the second counts them as new text, the third as the rest.
The rules were written against the mails whose id hashes even (--dev shows those); the figures come from the
odd half. What is not at hand is left out; the speed needs no data.
"""

from __future__ import annotations

import email
import hashlib
import json
import sys
import time
from collections import Counter
from email import policy
from pathlib import Path

from askwell.text import clean
from askwell.text.html import to_text
from bench.intervals import wilson

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
PARSERS = DATA / "parser_corpora"
NEW = {"paragraph", "salutation", "closing", "section_heading"}
TECHNICAL = {"patch", "log_data", "raw_code", "tabular", "technical"}
KEPT = {"own", "greeting", "closing"}


def labelled_lines(row: dict) -> list[tuple[str, str, str]]:
    """Each line that is not blank: its text, its label and the kind that Askwell gives it.

    The annotators named the lines of an earlier message that is not marked with ">" by their looks
    (paragraph, closing). Below inline headers that follow new text they are an `earlier_message` here.
    """
    text = row["text"]
    found, at = [], 0
    started = below = False
    zones = clean.zones(text)
    for line in text.split("\n"):
        end = at + len(line)
        label = next((name for start, stop, name in row["labels"] if start < end and stop > at), "")
        kind = next((zone.kind for zone in zones if zone.start < end and zone.end > at), "")
        if line.strip() and label:
            below = below or (label == "inline_headers" and started)
            started = started or label in NEW
            found.append((line, "earlier_message" if below and label in NEW else label, kind))
        at = end + 1
    return found


def webis(*, dev: bool, misses: bool) -> None:
    path = DATA / "webis_email_zones" / "annotations-final-validation.jsonl"
    if not path.exists():
        return
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    rows = [
        row for row in rows if (int(hashlib.sha256(str(row["id"]).encode()).hexdigest(), 16) % 2 == 0) == dev
    ]
    lines = [(row["id"], *entry) for row in rows for entry in labelled_lines(row)]
    print(f"Webis Gmane, {'even' if dev else 'odd'} half: {len(rows)} mails, {len(lines)} lines")
    wrong: Counter[tuple[str, str]] = Counter()
    for number, line, label, kind in lines:
        if (label in NEW) != (kind in KEPT) and label not in TECHNICAL:
            wrong[label, kind] += 1
            if misses and dev:
                print(f"  {number} {label:18} as {kind:12} {line[:90]}")
    letters = [x for x in lines if x[2] not in TECHNICAL]
    score("new text, technical lines left out", letters, NEW)
    score("same, unmarked earlier messages as new (as annotated)", letters, NEW | {"earlier_message"})
    score("new text, technical lines as new", lines, NEW | TECHNICAL)
    score("new text, technical lines as the rest", lines, NEW)
    for (label, kind), count in wrong.most_common(12):
        print(f"    {count:4} lines of {label} taken for {kind}")


def score(title: str, lines: list[tuple], new: set[str]) -> None:
    hit = sum(label in new and kind in KEPT for _, _, label, kind in lines)
    said = sum(kind in KEPT for _, _, _, kind in lines)
    true = sum(label in new for _, _, label, _ in lines)
    f1 = 2 * hit / (said + true)
    print(f"  {title}: F1 {f1:.3f}; precision {wilson(hit, said)}; recall {wilson(hit, true)}")


# What must stay and what must go in each fixture, after the expectations of the fixtures' own tests, and why
# where Askwell differs on purpose.
ZAPIER: dict[str, tuple[list[str], list[str]]] = {
    "correct_sig": (["with a correct -- signature"], ["rick"]),
    "email_1_1": (["Hi folks", "Java HTTP API", "Abhishek"], ["mailing list", "riak-users_lists"]),
    "email_1_2": (
        ["Hi,", "You can list the keys", "would do it", "See also"],
        ["On Tue, 2011", "clear a Riak", "riak-users"],
    ),
    "email_1_3": (["Oh thanks", "Having the function"], ["On 01/03/11", "Hi folks", "You can list"]),
    "email_1_4": (["Awesome"], ["On Aug 22", "Loader"]),
    "email_1_5": (["One: Here", "first bullet", "another one", "for a while"], []),
    "email_1_6": (["proper rendering as well"], ["On Dec 16", "wrote:", "caching related"]),
    "email_1_7": ([":+1:"], ["On Tue, Sep 25", "Steps 0-2"]),
    "email_1_8": (
        ["I will reply under this one", "and under this."],
        ["On Tue, Apr 29", "okay?", "Hey there"],
    ),
    "email_2_1": (["Outlook with a reply"], ["From:", "Dear Google", "Sincerely"]),
    "email_2_2": (["Outlook with a reply directly above line"], ["From:", "A new comment"]),
    "email_2_3": (["reply above headers"], ["From:", "Respond to Kim", "Ei tale"]),
    "email_BlackBerry": (["another email"], ["BlackBerry"]),
    "email_bullets": (
        ["retain this formatting", "how about bullets", "and another"],
        ["On Fri, Feb 24", "Give us", "Joe Smith"],
    ),
    "email_gmail": (["test for inbox replying"], ["xxx@gmail.com", "On Wed, May 18", "outdated"]),
    "email_headers_no_delimiter": (["And another reply!"], ["From:", "A reply", "This is a message"]),
    "email_iPhone": (["another email"], ["Sent from"]),
    "email_multi_word_sent_from_my_mobile_device": (["another email"], ["Sent from"]),
    "email_one_is_not_on": (["One outstanding question", "when I run"], ["On Oct 1", "The good news"]),
    "email_partial_quote_header": (
        ["On your remote host", "tunnel is not working"],
        ["On 9 Jan", "odd issue"],
    ),
    "email_sent_from_my_not_signature": (["another email", "Sent from my desk"], []),
    "email_sig_delimiter_in_middle_of_line": (["Stuff happened", "not a signature", "kthxbai"], []),
    "greedy_on": (["On your remote host", "tunnel is not working"], ["On 9 Jan", "odd issue"]),
    "pathological": (["onto something", "back to a computer"], ["On Dec 8", "shortening"]),
}
GITHUB = {
    **{name: ZAPIER[name] for name in ZAPIER if name not in {"email_2_1", "email_2_2", "email_gmail"}},
    "email_2_1": (["Outlook with a reply"], ["From:", "Dear Google", "Sincerely"]),
    "email_2_2": (["Outlook with a reply directly above line"], ["From:", "A new comment"]),
    "email_2_3": (["Outlook with a reply directly above line"], ["From:", "A new comment"]),
    "email_long_quote": (["Hi folks", "Java HTTP API"], [">>>>", "mailing list"]),
}
_REPLIES = (
    "android",
    "aol",
    "apple_mail",
    "apple_mail_2",
    "comcast",
    "gmail",
    "hotmail",
    "iphone",
    "outlook",
    "sparrow",
    "thunderbird",
    "yahoo",
)
TALON_REPLIES = {name: (["Hello"], ["Hi", "wrote", "Original Message", "iPhone", "xxx"]) for name in _REPLIES}


def expectations() -> None:
    count = 0
    right = 0
    for title, folder, cases in (
        ("zapier", PARSERS / "zapier/test/emails", ZAPIER),
        ("email_reply_parser", PARSERS / "email_reply_parser/test/emails", GITHUB),
    ):
        results = []
        for name, (stay, go) in sorted(cases.items()):
            path = folder / f"{name}.txt"
            if path.exists():
                results.append(judge(name, path.read_text(encoding="utf-8"), stay, go))
        if results:
            print(f"{title}: {wilson(sum(results), len(results))}")
        right, count = right + sum(results), count + len(results)
    results = talon()
    if results:
        print(f"talon: {wilson(sum(results), len(results))}")
    if count + len(results):
        print(f"expectations together: {wilson(right + sum(results), count + len(results))}")


def judge(name: str, text: str, stay: list[str], go: list[str]) -> bool:
    own = clean.own_words(text.replace("\r\n", "\n"))
    flat = " ".join(own.split())
    lost = [words for words in stay if words not in flat]
    left = [words for words in go if words in flat]
    if lost or left:
        print(f"  miss {name}: lost {lost}, left {left}; {WHY.get(name, 'no reason known')}")
    return not lost and not left


WHY: dict[str, str] = {}


def talon() -> list[bool]:
    root = PARSERS / "talon/tests/fixtures"
    results = []
    for name, (stay, go) in sorted(TALON_REPLIES.items()):
        path = root / f"standard_replies/{name}.eml"
        if not path.exists():
            continue
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for subtype in ("plain", "html"):
            part = message.get_body((subtype,))
            if part is not None:
                text = part.get_content()
                differs = (name, subtype) == ("outlook", "html")  # its two parts say different words
                results.append(
                    judge(
                        f"{name} ({subtype})",
                        to_text(text) if subtype == "html" else text,
                        ["Allo!"] if differs else stay,
                        go,
                    )
                )
    for path in sorted((root / "html_replies").glob("*.html")):
        text = to_text(path.read_text(encoding="utf-8"))
        results.append(judge(path.stem, text, ["Hi. I am fine."], ["How are you", "Sasha"]))
    for path in sorted((root / "signature/emails/stripped").glob("*_body")):
        body = path.read_text(encoding="utf-8").replace("#sig#", "")
        signature = path.with_name(path.name.replace("_body", "_signature")).read_text(encoding="utf-8")
        results.append(card(path.stem, body, signature.replace("#sig#", "")))
    return results


def card(name: str, body: str, signature: str) -> bool:
    """Talon counts closing and name into the signature; Askwell keeps them, and the card must go."""
    before = body[: body.rfind(signature.strip())] if signature.strip() else body
    own = " ".join(clean.own_words(body).split())
    lines = [line.strip() for line in signature.splitlines() if line.strip()]
    left = [
        line
        for line in lines
        if line in own and ("@" in line or "www" in line or sum(map(str.isdigit, line)) > 6)
    ]
    kept = " ".join(before.split()) in own
    if left or not kept:
        print(f"  miss {name}: words kept {kept}, card lines left {left}; {WHY.get(name, 'no reason known')}")
    return kept and not left


def speed() -> None:
    short = "Hei Kari!\n\nTakk for sist. Har du tid til en kaffe på torsdag?\n\nMvh\nAnna"
    line = "This is a line of ordinary prose which is some seventy characters wide\n"
    long = (
        "Hi Kari,\n\n"
        + line * 14
        + "\nBest,\nAnna\n\nOn 3 March 2024 at 10:12, Kari <k@x.example> wrote:\n"
        + f"> {line}" * 13
    )
    for title, text in (
        ("short mail", short),
        ("mail of 2 kB, half of it quoted", long),
        ("2 kB without a mark", line * 28),
    ):
        rounds = 2000
        best = min(timed(text, rounds // 5) for _ in range(5))
        print(f"mask, {title} ({len(text)} code points): {best * 1e6:.0f} µs")
    for title, piece in HOSTILE.items():
        once, twice = (
            min(timed(piece * (n // len(piece)), 1) for _ in range(2)) for n in (500_000, 1_000_000)
        )
        print(
            f"hostile, {title}: 1 MB in {twice:.2f} s; twice the text takes {twice / once:.1f} times as long"
        )


HOSTILE = {"newlines": "\n", "On On On": "On ", "On lines": "On\n", "Fra: lines": "Fra:\n", "nested >": ">",
           "one word": "a", "Mvh lines": "Mvh\n", "rules": "_" * 40 + "\n", "colons": "x:\n"}  # fmt: skip


def timed(text: str, rounds: int) -> float:
    start = time.process_time()
    for _ in range(rounds):
        clean.mask(text)
    return (time.process_time() - start) / rounds


if __name__ == "__main__":
    webis(dev="--dev" in sys.argv, misses="--misses" in sys.argv)
    if "--dev" not in sys.argv:
        expectations()
        speed()
