"""How much an ask asks for, 0 to 10, before anything that adds or takes away (MODEL.md 3.3, base values)."""

from __future__ import annotations

BASE = {
    "info": 1.0,
    "tip": 1.5,
    "advice": 2.0,
    "contact_detail": 2.0,
    "chat": 3.0,
    "cv_review": 3.5,
    "document_review": 4.0,
    "meeting": 4.0,
    "endorsement": 5.0,
    "specific_introduction": 5.0,
    "forward_cv": 5.5,
    "open_introduction": 6.0,
    "referral": 7.0,
    "reference": 7.5,
    "job": 9.0,
    "interview": 9.0,
    "money_or_free_work": 9.0,
    "routine_work": 1.0,
    "other": 2.0,
}


def base(about: str, favour: bool = True) -> float:
    """The base imposition of a kind of ask. Ordinary duties weigh no more than a question for information."""
    size = BASE.get(about, 2.0)
    return size if favour else min(size, 1.0)
