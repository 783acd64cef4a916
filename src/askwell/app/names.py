"""The names of things in results, as a person reads them. What is not here is shown as it stands."""

from __future__ import annotations

from askwell.words import later, say

NAMES = {
    # acts
    "ask": later("ask"),
    "nudge": later("reminder"),
    "thanks": later("thanks"),
    "offer": later("offer"),
    "grant": later("yes"),
    "hold": later("answer for the time being"),
    "decline": later("no"),
    "commit": later("promise"),
    "introduction_made": later("introduction made"),
    "report_back": later("how it went"),
    "apology": later("apology"),
    "favour": later("help"),
    "intro": later("introduction"),
    "note": later("note"),
    "outcome": later("what came of it"),
    "vouch": later("your word"),
    # what an ask is about
    "job": later("a job"),
    "interview": later("an interview"),
    "referral": later("a referral"),
    "reference": later("a reference"),
    "specific_introduction": later("an introduction to somebody named"),
    "open_introduction": later("introductions to anybody"),
    "forward_cv": later("passing on a CV"),
    "cv_review": later("a look at a CV"),
    "document_review": later("a look at a text"),
    "chat": later("a chat"),
    "meeting": later("a meeting"),
    "advice": later("advice"),
    "tip": later("a tip"),
    "info": later("information"),
    "contact_detail": later("an address to write to"),
    "endorsement": later("an endorsement"),
    "money_or_free_work": later("money or work without pay"),
    "routine_work": later("everyday work"),
    "other": later("something else"),
    # for whose sake
    "self": later("for oneself"),
    "third_party": later("for somebody else"),
    "both": later("for both"),
    "addressee": later("for the reader"),
    "organisation": later("for the firm"),
    "an ordinary request": later("an ordinary request"),
    # patterns
    "third_party_ask": later("a favour for somebody the reader does not know"),
    "hidden_goal": later("one purpose said, another meant"),
    "contact_fishing": later("asking whom somebody knows"),
    "entitlement_press": later("pressing, as if it were due"),
    "pressure": later("no room for a no"),
    "urgency": later("hurry without need"),
    "minimiser": later("making an ask look small"),
    "debt_guilt": later("reminding somebody of what one did for them"),
    # what is well put
    "easy_out": later("an easy way out"),
    "interest_opener": later("opening with an interest of one's own"),
    "one_specific_ask": later("one specific ask"),
    "loop_closing": later("telling how it went"),
    # what became of an ask
    "granted": later("granted"),
    "partly": later("granted in part"),
    "declined": later("declined"),
    "holding": later("not answered yet"),
    "answered": later("answered"),
    "open": later("still open"),
    # stages
    "unknown": later("no contact yet"),
    "new": later("a new contact"),
    "warming": later("a contact that is growing"),
    "established": later("an established contact"),
    "close": later("a close contact"),
    "dormant": later("a contact that has been resting"),
    # what a ledger holds
    "messages": later("messages"),
    "personal": later("between people"),
    "bulk": later("from lists and machines"),
    "people": later("people"),
    "said": later("entries of your own"),
    "readings": later("messages read"),
    "actions": later("things done"),
    "recipients": later("mentions among the receivers"),
    "summaries": later("summaries of where things stand"),
    # levels of a rule, and more
    "stop": later("stop"),
    "wait": later("wait"),
    "soften": later("soften"),
    "off": later("off"),
    "fire": later("speak"),
    "be silent": later("be silent"),
    # reasons with a figure in them
    "a message of over 64 MB": later("a message of over 64 MB"),
}

VERDICTS = {
    "send": later("Send"),
    "soften": later("Soften"),
    "wait": later("Wait"),
    "dont": later("Don't send this"),
}
STEPS = {
    "thank": later("Thank"),
    "report_back": later("Tell"),
    "wait": later("Wait"),
    "offer": later("Offer"),
}
REASONS = {
    "name": later("the same name"),
    "nickname": later("a short form of the name"),
    "phone": later("the same telephone"),
    "mail": later("alike addresses"),
    "firm": later("the same firm"),
    "birthday": later("the same birthday"),
    "place": later("the same place"),
}
"""Why two people may be one (app/likeness.py)."""


def verdict_name(word: str) -> str:
    """A verdict as one says it to the user."""
    return say(VERDICTS[word])


def step_name(do: str) -> str:
    """What to do first, in a word."""
    return say(STEPS.get(do, STEPS["offer"]))


def reason_name(what: str) -> str:
    """What two people share who may be one."""
    return say(REASONS.get(what, what))


def name(word: str) -> str:
    """What a thing is called in the reader's language. What follows a colon stays, if it is no thing too."""
    head, colon, rest = word.partition(": ")
    shown = say(NAMES.get(head, head)) if head else ""
    more = NAMES.get(rest.replace(" ", "_"))
    return shown.replace("_", " ") + colon + (say(more) if more else rest)
