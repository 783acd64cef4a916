"""Rules as data: one TOML file a rule, with its reason, its source, and examples that must and must not fire.

The built-in ones lie in `askwell.rules` and are read when first needed. A rule of the user's is read by
`parse_rule`, which refuses what it does not know and says where.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from askwell.errors import AskwellError
from askwell.judge.case import LEVELS
from askwell.judge.wording import LANGUAGES, known
from askwell.ledger.person import STAGES
from askwell.text.reading import PATTERNS

KINDS = ("pattern", "words", "record")
ROOM = {
    "third_party_ask": "third-party",
    "hidden_goal": "hidden-goal",
    "contact_fishing": "fishing",
    "entitlement_press": "pressing",
    "pressure": "pressure",
    "urgency": "urgency",
    "minimiser": "minimiser",
    "debt_guilt": "guilt",
}
"""The folder in which the rules on a pattern lie."""
WORDING = "wording"
RECORD = "record"

_AT = (*STAGES, "personal")
_TOP = (
    *("kind", "pattern", "words", "check", "level", "levels", "least", "priority", "reason", "source"),
    *("fires", "silent", *LANGUAGES),
)
_TEXT = ("title", "message", "why", "suggest")
_EXAMPLE = ("draft", "lang", "story", "on", "read", "elsewhere")


@dataclass(frozen=True, slots=True)
class Text:
    """What a rule says, in one language. `title` goes on after a colon: no capital, no full stop."""

    title: str
    message: str
    why: str
    suggest: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A draft that a rule must, or must not, speak of; on a record rule with the history as a story.

    The story speaks of one person, `kari`. `read` holds the acts and patterns to be taken as read, so that an
    example tests its rule and not the reader; without it the draft is read. `on` is an ISO date. `elsewhere`
    names somebody else whom the user has asked for the same introduction.
    """

    draft: str
    lang: str = ""
    story: str = ""
    on: str = ""
    read: tuple[str, ...] = ()
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `level` is its usual level, `levels` another one by stage (or `off`), `personal` for a
    personal contact, where a rule is silent unless it says otherwise. `least` is the imposition from which it
    speaks; among findings of one level the higher `priority` comes first."""

    id: str
    kind: str
    level: str
    reason: str
    source: str
    texts: Mapping[str, Text]
    pattern: str = ""
    words: tuple[str, ...] = ()
    check: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    least: float = 0.0
    priority: int = 50
    fires: tuple[Example, ...] = ()
    silent: tuple[Example, ...] = ()

    def level_at(self, stage: str, personal: bool = False) -> str:
        """How strongly it speaks to a person at this stage; `off` for not at all."""
        if personal:
            return self.levels.get("personal", "off")
        return self.levels.get(stage, self.level)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force: the built-in ones, and any of the user's own; of the same id the latter holds."""

    own: tuple[Rule, ...] = ()

    def get(self, id: str) -> Rule:
        """A rule by its id. Raises AskwellError if there is none."""
        return next((rule for rule in self.own if rule.id == id), None) or _builtin(id)

    def ids(self) -> tuple[str, ...]:
        """All ids, sorted."""
        return tuple(sorted({*_ids(), *(rule.id for rule in self.own)}))

    def on_pattern(self, lang: str, pattern: str) -> tuple[Rule, ...]:
        """The rules on a pattern in a draft of this language."""
        return (*self._in(f"{lang}/{ROOM[pattern]}/"), *self._own(lang, "pattern", pattern))

    def on_words(self, lang: str) -> tuple[Rule, ...]:
        """The rules on single words in a draft of this language."""
        return (*self._in(f"{lang}/{WORDING}/"), *self._own(lang, "words"))

    def text(self, rule: Rule, lang: str) -> Text:
        """What a rule says in the reader's language: its own words, its sister rule's, else English."""
        lang = known(lang)
        if lang not in rule.texts and rule.id[:3] in ("en/", "nb/", "nn/"):
            sister = f"{lang}/{rule.id[3:]}"
            if sister in _ids():
                return _builtin(sister).texts[lang]
        return rule.texts.get(lang) or rule.texts.get("en") or next(iter(rule.texts.values()))

    def _in(self, folder: str) -> tuple[Rule, ...]:
        return tuple(self.get(id) for id in _ids() if id.startswith(folder))

    def _own(self, lang: str, kind: str, pattern: str = "") -> tuple[Rule, ...]:
        return tuple(
            rule
            for rule in self.own
            if rule.kind == kind
            and rule.pattern == pattern
            and rule.id not in _ids()
            and (rule.id[:3] == f"{lang}/" or rule.id[:3] not in ("en/", "nb/", "nn/"))
        )


def parse_rule(text: str, name: str, file: str = "") -> Rule:
    """Read one rule. `name` is its id, such as `nb/third-party/career-favour`; `file` is named in messages.

    Raises AskwellError naming `file:line` for what is not TOML, not known or missing.
    """
    file = file or f"{name}.toml"
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as mistake:
        line = str(mistake).rpartition("line ")[2].partition(",")[0]
        where = f"{file}:{line}" if line.isdigit() else file
        raise AskwellError(f"{where}: this is not TOML: {mistake}", "See docs/rules.md.") from None
    _Page(text, file).check(data)
    return _rule(data, name)


class _Page:
    """The text of a rule, to say in which line something is wrong."""

    def __init__(self, text: str, file: str) -> None:
        self.lines = text.splitlines()
        self.file = file

    def check(self, data: dict[str, Any]) -> None:
        self._known(data, _TOP, "")
        for lang in set(LANGUAGES) & set(data):
            self._known(data[lang], _TEXT, lang)
            for key in ("title", "message", "why"):
                if not isinstance(data[lang].get(key), str):
                    raise self._wrong(lang, lang, f"[{lang}] has no `{key}`")
        if not set(LANGUAGES) & set(data):
            raise self._wrong("", "", "no text: a table [en], [nb] or [nn] is needed")
        self._known(data.get("levels", {}), _AT, "levels")
        for example in (*data.get("fires", ()), *data.get("silent", ())):
            if isinstance(example, dict):
                self._known(example, _EXAMPLE, "")
        self._one_of(data, "kind", KINDS)
        self._one_of(data, "level", LEVELS)
        for stage in data.get("levels", {}):
            self._one_of(data["levels"], stage, (*LEVELS, "off"))
        if data["kind"] == "pattern":
            self._one_of(data, "pattern", PATTERNS)
        for key in {"pattern": (), "words": ("words",), "record": ("check",)}[data["kind"]]:
            if not data.get(key):
                raise self._wrong("", "kind", f"a rule of this kind needs `{key}`")
        for key in ("reason", "source"):
            if not isinstance(data.get(key), str):
                raise self._wrong("", "", f"`{key}` is missing: a rule says why it is there")

    def _known(self, table: Any, keys: Iterable[str], where: str) -> None:
        if not isinstance(table, dict):
            raise self._wrong("", where, f"`{where}` should be a table")
        keys = tuple(keys)
        for key in table:
            if key not in keys:
                raise self._wrong(where, key, f'unknown key "{key}"', _near(key, keys))

    def _one_of(self, table: dict[str, Any], key: str, choices: tuple[str, ...]) -> None:
        value = table.get(key)
        if value not in choices:
            said = f'{key} "{value}" is unknown' if value is not None else f"`{key}` is missing"
            raise self._wrong("", key, said, _near(str(value), choices) or f"one of {', '.join(choices)}")

    def _wrong(self, table: str, key: str, what: str, hint: str = "") -> AskwellError:
        return AskwellError(
            f"{self.file}:{self._line(table, key)}: {what}{'; ' + hint if hint else ''}",
            "See docs/rules.md for what a rule may say.",
        )

    def _line(self, table: str, key: str) -> int:
        inside = not table
        for number, line in enumerate(self.lines, 1):
            bare = line.strip()
            if bare.startswith("["):
                head = bare.strip("[] ")
                inside = not table or head == table
                if head == key:
                    return number
            elif inside and bare.partition("=")[0].strip().strip("\"'") == key:
                return number
        return 1


def _near(word: str, choices: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(word, list(choices), 1)
    return f'did you mean "{near[0]}"?' if near else ""


def _rule(data: dict[str, Any], name: str) -> Rule:
    lang = name[:2] if name[2:3] == "/" else ""
    return Rule(
        name,
        data["kind"],
        data["level"],
        data["reason"],
        data["source"],
        {code: Text(**data[code]) for code in LANGUAGES if code in data},
        data.get("pattern", ""),
        tuple(data.get("words", ())),
        data.get("check", ""),
        data.get("levels", {}),
        float(data.get("least", 0.0)),
        int(data.get("priority", 50)),
        tuple(_example(one, lang) for one in data.get("fires", ())),
        tuple(_example(one, lang) for one in data.get("silent", ())),
    )


def _example(said: str | dict[str, Any], lang: str) -> Example:
    if isinstance(said, str):
        return Example(said, lang)
    more = {"lang": lang, **said}
    return Example(
        more["draft"],
        more["lang"],
        more.get("story", ""),
        str(more.get("on", "")),
        tuple(more.get("read", ())),
        more.get("elsewhere", ""),
    )


@lru_cache(maxsize=1)
def _ids() -> tuple[str, ...]:
    root = resources.files("askwell.rules")
    found = []
    for folder in (*LANGUAGES, RECORD):
        for one in (root / folder).iterdir():
            if one.is_dir():
                found += [f"{folder}/{one.name}/{file.name[:-5]}" for file in one.iterdir()]
            elif one.name.endswith(".toml"):
                found.append(f"{folder}/{one.name[:-5]}")
    return tuple(sorted(found))


@lru_cache(maxsize=256)
def _builtin(id: str) -> Rule:
    if id not in _ids():
        raise AskwellError(f"There is no rule {id}.", "`askwell rules list` names them all.")
    file = resources.files("askwell.rules") / f"{id}.toml"
    return parse_rule(file.read_text("utf-8"), id)
