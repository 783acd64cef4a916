"""Who you are, the language, the rules, accounts, and what left this machine."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query
from starlette.responses import RedirectResponse, Response

from askwell.app.accounts import accounts
from askwell.app.leaving import all_that_left
from askwell.app.profile import Change, edit, path_of
from askwell.app.rules import plain, rules, switch
from askwell.app.setting import change
from askwell.doors.web.tongue import SWITCH
from askwell.doors.web.visit import Visitor
from askwell.words import later

router = APIRouter()
LISTS = {
    "goals": later("What you are aiming at"),
    "interests": later("What you are curious about"),
    "offers": later("What you can offer"),
    "languages": later("Languages you write in (en, nb, nn)"),
    "addresses": later("Addresses of yours"),
}
ROOMS = {
    "record": later("On what has passed between you"),
    "nb": later("On letters in bokmål"),
    "nn": later("On letters in nynorsk"),
    "en": later("On letters in English"),
    "own": later("Your own"),
}
LEFT_SHOWN = 200
Words = Annotated[str, Form(min_length=1, max_length=500)]
List = Annotated[Literal["goals", "interests", "offers", "languages", "addresses"], Form()]


@router.get("/settings")
def show(visit: Visitor, room: Annotated[str, Query(max_length=20)] = "") -> Response:
    """All settings on one page; the rules of one room unfolded."""
    with visit.desk() as desk:
        known = rules(desk)
        every = [(known.get(one), plain(known.text(known.get(one), desk.lang))) for one in known.ids()]
        left = all_that_left(desk.home)
        return visit.page(
            "settings.html",
            profile=desk.profile,
            profile_path=path_of(desk),
            lists=LISTS,
            lang=desk.settings.lang,
            headings=ROOMS,
            rooms={one: [each for each in every if room_of(each[0].id) == one] for one in ROOMS},
            opened=room,
            off=desk.settings.rules_off,
            accounts=accounts(desk.home),
            synced=[one for one in desk.store.actions(200) if one.verb == "sync"][:5],
            left=left[::-1][:LEFT_SHOWN],
            left_count=len(left),
            home=desk.home,
        )


@router.post("/settings/profile")
def add(visit: Visitor, list: List, words: Words) -> Response:  # noqa: A002
    """Put something into the profile."""
    return _edited(visit, Change(add=((list, words),)))


@router.post("/settings/profile/remove")
def remove(visit: Visitor, words: Words) -> Response:
    """Take something out of the profile."""
    return _edited(visit, Change(remove=(words,)))


@router.post("/settings/name")
def rename(visit: Visitor, name: Words) -> Response:
    """Say what the user is called."""
    return _edited(visit, Change(name))


@router.post("/settings/lang")
def speak(visit: Visitor, lang: Annotated[Literal["", "en", "nb", "nn"], Form()] = "") -> Response:
    """Choose the language of everything; empty: as each browser asks."""
    with visit.desk() as desk:
        change(desk, "lang", lang)
    found = RedirectResponse("/settings#language", 303)
    found.delete_cookie(SWITCH, path="/", httponly=True, samesite="strict")
    return found


@router.get("/settings/rules/{id:path}")
def explain(visit: Visitor, id: str) -> Response:
    """What a rule says, why it is there, and on which letters it speaks or is silent."""
    with visit.desk() as desk:
        known = rules(desk)
        rule = known.get(id)
        off = rule.id in desk.settings.rules_off
        return visit.page("rule.html", rule=rule, text=plain(known.text(rule, desk.lang)), off=off)


@router.post("/settings/rules/{id:path}")
def toggle(
    visit: Visitor,
    id: str,
    off: Annotated[Literal["yes", "no"], Form()],
    back: Annotated[Literal["rule", "all"], Form()] = "all",
) -> Response:
    """Switch a rule off, or on again."""
    with visit.desk() as desk:
        switch(desk, id, off == "yes")
        known = rules(desk).get(id)
    everywhere = f"/settings?room={room_of(known.id)}#rules"
    return RedirectResponse(f"/settings/rules/{known.id}" if back == "rule" else everywhere, 303)


def _edited(visit: Visitor, said: Change) -> Response:
    with visit.desk() as desk:
        edit(desk, said)
    return RedirectResponse("/settings#profile", 303)


def room_of(id: str) -> str:
    """Under which heading a rule stands."""
    room = id.partition("/")[0]
    return room if room in ROOMS else "own"
