"""A person, and the user: immutable values."""

from __future__ import annotations

from dataclasses import dataclass

ME = "me"
STAGES = ("unknown", "new", "warming", "established", "close", "dormant")
CIRCLES = ("professional", "personal")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the user knows. `key` is how the user names them: lower case, unique, stable.

    `floor` is the least stage that holds whatever the mail says ("we know each other well").
    `say` is how much say the person has over the user, 0 to 2, usually 1 (P in MODEL.md 3.4).
    """

    key: str
    name: str
    addresses: tuple[str, ...] = ()
    org: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    circle: str = "professional"
    floor: str = ""
    say: float = 1.0
    met: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """The user, as far as they have said: names and addresses, aims, interests, what they can offer."""

    name: str = ""
    addresses: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
