"""All benches, one after another (`make bench`), or those named: `python -m bench main_job zones`."""

from __future__ import annotations

import runpy
import sys

BENCHES = (
    "main_job",
    "reading",
    "replies",
    "wording",
    "dates",
    "incoming",
    "triage",
    "needs",
    "language",
    "zones",
    "relationship",
    "store",
    "sources",
    "kills",
    "live",
    "network",
    "who",
    "web",
    "doors",
    "assistants",
)


def main(names: list[str]) -> None:
    for name in names or BENCHES:
        print(f"\n== {name}", flush=True)
        runpy.run_module(f"bench.{name}", run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
