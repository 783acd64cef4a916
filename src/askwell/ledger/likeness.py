"""Who may be one person: how much speaks for it, and what. Nothing here joins anybody.

Each thing that two people share counts by how seldom it is (Fellegi and Sunter 1969: the logarithm of one
over its share among all people, in bits); what differs counts against it. Names are compared letter by
letter (Jaro and Winkler) and by the short forms that people use.

In a small ledger nearly everything stands there once or twice, which says little of how seldom it is. So the
shares are counted as if STRANGERS more people were there, who bear common names and work somewhere too.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

ENOUGH = 11.0
"""Bits from which two people are shown as perhaps one."""

CLOSE = 0.88
UNLIKE = 0.6
CROWD = 60
MOST_BITS = 12.0
STRANGERS = 300
SHARES = {"rare": 1 / 1000, "common": 1 / 150, "firm": 1 / 60, "phone": 1 / 300, "place": 1 / 300}
"""How many of the strangers have a name that is rare or common, a firm, a telephone (often a
switchboard), a word of an address."""
MOST_PLACE = 11.0
_PLAIN = str.maketrans({"å": "aa", "ø": "o", "æ": "ae", "ö": "o", "ä": "ae", "ü": "u", "ð": "d", "þ": "th"})
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person: words in lower case, telephones as digits, e-mail addresses, a birthday as
    digits, places as words of a postal address, stand-ins left out. `cards` are e-mail addresses that
    stand on a card of theirs and belong to somebody else."""

    key: str
    names: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    firm: str = ""
    born: str = ""
    places: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two people by key, what speaks for their being one (`name`, `nickname`, `phone`, `mail`, `firm`,
    `birthday`, `place`, with the value), weightiest first, and the evidence in bits."""

    one: str
    other: str
    reasons: tuple[tuple[str, str], ...]
    bits: float


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, each letter as it is written where there is no å, ø or é."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text.casefold()).translate(_PLAIN))
    return tuple(_WORD.findall("".join(one for one in plain if not unicodedata.combining(one))))


def suggest(
    people: Sequence[Facts],
    short: Mapping[str, frozenset[str]],
    enough: float = ENOUGH,
    common: frozenset[str] = frozenset(),
) -> list[Likeness]:
    """Pairs that may be one person, the surest first. `short` gives the other forms of a given name,
    `common` are names that very many people bear."""
    weigher = _Weigher(people, short, enough, common)
    by_key = {one.key: one for one in people}
    found = (weigher.compare(by_key[one], by_key[other]) for one, other in _pairs(people, short))
    return sorted(
        (one for one in found if one.bits >= enough), key=lambda one: (-one.bits, one.one, one.other)
    )


def _pairs(people: Sequence[Facts], short: Mapping[str, frozenset[str]]) -> set[tuple[str, str]]:
    """Pairs that share something seldom enough to be worth a look."""
    groups: dict[str, list[str]] = defaultdict(list)
    for one in people:
        for sign in set(_signs(one, short)):
            groups[sign].append(one.key)
    pairs: set[tuple[str, str]] = set()
    for keys in groups.values():
        if 1 < len(keys) <= CROWD:
            pairs.update(combinations(sorted(keys), 2))
    return pairs


def _signs(one: Facts, short: Mapping[str, frozenset[str]]) -> Iterator[str]:
    yield from (f"tel {phone}" for phone in one.phones)
    yield from (f"mail {mail}" for mail in (*one.mails, *one.cards))
    if one.born:
        yield f"born {one.born}"
    starts = sorted({name[:4] for name in one.names if len(name) > 1})
    for name in one.names:
        if len(name) > 3:
            yield f"name {name}"
            yield f"ends {name[:2]} {name[-3:]}"
    yield from (f"names {first} {second}" for first, second in combinations(starts, 2))
    for name in one.names:
        for form in short.get(name, ()):
            yield from (f"names {a} {b}" for a, b in (sorted((form[:4], s)) for s in starts))
    letters = sorted({name[:2] for name in one.names})
    for place in one.places:
        if len(place) > 2:
            yield from (f"place {place} {letter}" for letter in letters)
    if one.firm:
        yield from (f"firm {one.firm} {start}" for start in starts)


class _Weigher:
    """Bits for and against, by how seldom each thing is among these people."""

    def __init__(
        self,
        people: Sequence[Facts],
        short: Mapping[str, frozenset[str]],
        enough: float,
        common: frozenset[str],
    ) -> None:
        from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

        self._jaro = JaroWinkler.similarity
        self._edits = DamerauLevenshtein.distance
        self._short = short
        self._enough = enough
        self._common = common
        self._many = max(len(people), 2)
        self._named = _counted(one.names for one in people)
        self._placed = _counted(one.places for one in people)
        self._whole = Counter(tuple(sorted(one.names)) for one in people)
        self._firms = _counted((one.firm,) for one in people)
        self._phones = _counted(one.phones for one in people)

    def compare(self, one: Facts, other: Facts) -> Likeness:
        name, nickname = self._names(one.names, other.names)
        # Where many bear one name, it says no more than that they do, however seldom its parts are.
        many = max(self._whole[tuple(sorted(each.names))] for each in (one, other))
        name = min(name, math.log2(self._many / (many - 1))) if many > 2 else name
        found = [
            ("nickname" if nickname else "name", " ".join(one.names), name),
            self._phone(one.phones, other.phones),
            self._mail(one, other),
            self._firm(one.firm, other.firm),
            self._born(one.born, other.born),
        ]
        if sum(bits for *_, bits in found) + MOST_PLACE >= self._enough:
            found.append(self._places(one.places, other.places))
        found.sort(key=lambda reason: -reason[2])
        reasons = tuple((what, value) for what, value, bits in found if bits > 0)
        bits = round(sum(bits for *_, bits in found), 2)
        return Likeness(min(one.key, other.key), max(one.key, other.key), reasons, bits)

    def _bits(self, counted: Counter[str], value: str, share: float) -> float:
        strangers = STRANGERS * share
        return min(
            MOST_BITS,
            math.log2((self._many + STRANGERS) / (max(1, counted[value] - 1) + strangers)),
        )

    def _seldom(self, name: str) -> float:
        share = SHARES["common" if name in self._common else "rare"]
        return self._bits(self._named, name, share)

    def _names(self, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, bool]:
        """Bits of the names, each word with the one that is nearest to it; whether by a short form."""
        if not one or not other:
            return 0.0, False
        if len(one) > len(other):
            one, other = other, one
        left = list(other)
        bits, nickname = 0.0, False
        for name in one:
            near = max(left, key=lambda word: self._near(name, word), default="")
            like = self._near(name, near) if near else 0.0
            if like < CLOSE:
                # Two names that many bear are two names; others may be one, the nearer the likelier.
                bits -= 5.0 if {name, near} <= self._common else 4.0 if like < UNLIKE else 3.0
                continue
            left.remove(near)
            nickname = nickname or (near != name and near in self._short.get(name, ()))
            seldom = min(self._seldom(name), self._seldom(near))
            initial = min(len(name), len(near)) == 1
            bits += 1.0 if initial else seldom if near == name else seldom * (like - 0.4)
        return bits, nickname

    def _near(self, one: str, other: str) -> float:
        if one == other or other in self._short.get(one, ()):
            return 1.0 if one == other else 0.95
        if min(len(one), len(other)) == 1:
            return 0.9 if one[0] == other[0] else 0.0
        return self._jaro(one, other)

    def _phone(self, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str, float]:
        if not one or not other:
            return "phone", "", 0.0
        both = sorted(set(one) & set(other), key=lambda value: (self._phones[value], value))
        return (
            ("phone", both[0], min(9.0, self._bits(self._phones, both[0], SHARES["phone"])))
            if both
            else ("phone", "", -1.5)
        )

    def _mail(self, one: Facts, other: Facts) -> tuple[str, str, float]:
        claimed = (set(one.cards) & {*other.mails, *other.cards}) | (set(other.cards) & set(one.mails))
        if claimed:
            return "mail", min(claimed), 8.0
        locals_ = ({mail.partition("@")[0] for mail in each.mails} for each in (one, other))
        same = [local for local in set.intersection(*locals_) if len(words(local)) > 1]
        if same:
            return "mail", min(same), 4.0
        return "mail", "", -1.0 if one.mails and other.mails else 0.0

    def _firm(self, one: str, other: str) -> tuple[str, str, float]:
        if not one or not other:
            return "firm", "", 0.0
        if one == other:
            return "firm", one, min(6.0, self._bits(self._firms, one, SHARES["firm"]))
        return "firm", one, 2.0 if self._jaro(one, other) > 0.92 else -1.0

    def _born(self, one: str, other: str) -> tuple[str, str, float]:
        if not one or not other:
            return "birthday", "", 0.0
        edits = self._edits(one, other, score_cutoff=2)
        return "birthday", one, (9.0, 5.0, 1.0)[edits] if edits <= 2 else -5.0

    def _places(self, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str, float]:
        if not one or not other:
            return "place", "", 0.0
        left, bits, best = list(other), 0.0, ""
        for word in one:
            near = max(left, key=lambda there: self._jaro(word, there), default="")
            like = self._jaro(word, near) if near else 0.0
            if like >= 0.9 and (len(word) > 3 or word == near):
                left.remove(near)
                bits += self._bits(self._placed, near, SHARES["place"]) * (0.6 if word == near else 0.4)
                best = best or near
        return "place", best, min(MOST_PLACE, bits - 3.0)


def _counted(values: Iterable[Iterable[str]]) -> Counter[str]:
    return Counter(value for each in values for value in set(each))
