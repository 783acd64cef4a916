"""What was seen, in a few calm words, for people who ask why an act or a pattern was found."""

from __future__ import annotations

from collections.abc import Mapping

ACTS = {
    "nudge": "comes back to an earlier ask",
    "thanks": "thanks for something past",
    "offer": "offers something",
    "grant": "says yes",
    "hold": "will look into it",
    "decline": "says no",
    "commit": "promises to do something",
    "introduction_made": "brings people together",
    "report_back": "tells how it went",
    "apology": "apologises",
}

_PHRASES = {
    "X_MYKIN": "speaks of somebody close to the writer",
    "X_PLACE3": "you would have to act for that person",
    "X_CONCEAL": "something is to stay unsaid, or is called by another name",
    "X_ULTERIOR": "another purpose stands behind the first",
    "X_SET": "means many people or their standing, not one named person",
    "X_PROMISED": "holds you to something said",
    "X_COMPLAIN": "finds your help too little or too late",
    "X_RELIED": "has acted as if it were settled",
    "X_DEBT": "reminds you of what was done for you",
    "X_NOOUT": "leaves no way to say no",
    "X_URG": "presses for time",
    "X_MINI": "makes the favour look small",
    "X_OUTOK": "leaves a way to say no",
    "X_CANYOU": "asks in so many words",
}

_OF_PATTERN = {
    "third_party_ask": ("X_MYKIN", "X_PLACE3"),
    "hidden_goal": ("X_CONCEAL", "X_ULTERIOR"),
    "contact_fishing": ("X_SET",),
    "entitlement_press": ("X_PROMISED", "X_COMPLAIN", "X_RELIED"),
    "pressure": ("X_NOOUT",),
    "urgency": ("X_URG",),
    "minimiser": ("X_MINI",),
    "debt_guilt": ("X_DEBT",),
}

_PLAIN = {
    "third_party_ask": "a favour for somebody you may not know",
    "hidden_goal": "the stated purpose is not the whole of it",
    "contact_fishing": "asks for contacts in bulk",
    "entitlement_press": "presses for help as if it were due",
    "pressure": "makes it hard to say no",
    "urgency": "a favour in a hurry",
    "minimiser": "makes a favour look smaller than it is",
    "debt_guilt": "calls on what was done for you",
}

_FOR = {
    "third_party": "for somebody else",
    "both": "for the writer and somebody else",
    "organisation": "for an organisation",
    "addressee": "for you",
}


def of_pattern(name: str, phrases: Mapping[str, int]) -> tuple[str, ...]:
    """What shows a pattern in a sentence with these turns of phrase."""
    return (_PLAIN[name], *(_PHRASES[one] for one in _OF_PATTERN[name] if one in phrases))


def of_ask(about: str, who: str, favour: bool, phrases: Mapping[str, int]) -> tuple[str, ...]:
    """What shows an ask and its kind."""
    found = [("a favour: " if favour else "an ordinary request: ") + about.replace("_", " ")]
    if who in _FOR:
        found.append(_FOR[who])
    found += [_PHRASES[one] for one in ("X_CANYOU", "X_OUTOK") if one in phrases]
    return tuple(found)
