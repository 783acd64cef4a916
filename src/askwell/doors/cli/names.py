"""The names of things in results, as all doors say them (askwell.app.names)."""

from askwell.app.names import NAMES, name

__all__ = ["NAMES", "name"]
