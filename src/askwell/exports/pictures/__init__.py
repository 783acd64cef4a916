"""Pictures of a ledger: plain functions from ledger values to a `Picture`, which is SVG text with a title, a
description and a table that say the same in words. The same values give the same bytes."""
