"""Pages from templates: everything that comes from mail is escaped, every word of ours goes through `say`."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from askwell import __version__
from askwell.app.names import name, reason_name, step_name, verdict_name
from askwell.doors.web.sections import sections
from askwell.sources.identity import shown
from askwell.words import LANGUAGES, language, quoted, say, say_many

STATIC = Path(__file__).parent / "static"
TONGUES = {"en": "English", "nb": "Bokmål", "nn": "Nynorsk"}


def render(template: str, **values: object) -> str:
    """A template with values put in, in the language of the request. Missing values raise."""
    plain = {"form_key": "", "here": "", "done": None, "undone": None, "demo": False}
    return _environment().get_template(template).render(plain | values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("askwell.doors.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {
        "say": say,
        "say_many": say_many,
        "quoted": quoted,
        "name": name,
        "verdict_name": verdict_name,
        "step_name": step_name,
        "reason_name": reason_name,
        "shown": shown,
        "static": static,
        "sections": sections,
        "language": language,
        "mailto": mailto,
        "tongues": {code: TONGUES[code] for code in LANGUAGES},
        "version": __version__,
    }
    made.filters |= {"day": day, "segment": segment, "json": _json}
    return made


@lru_cache(maxsize=64)
def static(file: str) -> str:
    """The address of a file in `static`; it changes with the file, so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / file).read_bytes()).hexdigest()[:12]
    return f"/static/{file}?v={digest}"


def day(value: date | datetime | str | None) -> Markup:
    """A day as people write it, in a `time` element; nothing for none."""
    if not value:
        return Markup()
    from babel.dates import format_date

    found = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    found = found.date() if isinstance(found, datetime) else found
    pattern = "d MMMM y" if language() == "en" else "d. MMMM y"
    spoken = format_date(found, pattern, locale=language())
    return Markup('<time datetime="{}">{}</time>').format(found.isoformat(), escape(spoken))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def segment(value: str) -> str:
    """A value as one part of a path, whatever is in it."""
    return quote(value, safe="")


def mailto(to: str = "", subject: str = "", body: str = "") -> str:
    """The address that opens a letter in the mail program (RFC 6068)."""
    lines = "\r\n".join(body.splitlines())
    fields = {name: value for name, value in (("subject", subject), ("body", lines)) if value}
    more = urlencode(fields, quote_via=quote, safe="")
    return f"mailto:{quote(to, safe='@,+')}" + (f"?{more}" if more else "")
