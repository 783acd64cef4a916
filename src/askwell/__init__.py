"""Askwell: checks an ask against the history you share with the person, before you send it."""

__version__ = "0.1.0"
