"""A reader in a second process gives the same readings, and is not needed for them."""

import os
from datetime import date

import pytest

from askwell.app.ahead import here, reader

TEXT = "Hei Kari! Kan du skaffe vennen min en jobb hos dere innen fredag? Hilsen Ingrid"


def test_another_process_reads_alike() -> None:
    with reader(TEXT) as read:
        for text in (TEXT, "Hi Tom, thank you for the tip!", ""):
            assert read(text, on=date(2026, 5, 4)) == here(text, on=date(2026, 5, 4))
        assert read(TEXT, lang="nn") == here(TEXT, lang="nn")


def test_without_a_second_process_this_one_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    with reader(TEXT) as read:
        assert read is here


def test_a_second_process_that_dies_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from askwell.app import ahead

    monkeypatch.setattr(ahead, "_serve", lambda pipe, like: os._exit(1))  # noqa: ARG005
    with reader(TEXT) as read:
        assert read(TEXT) == here(TEXT)
