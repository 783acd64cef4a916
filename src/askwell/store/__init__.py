"""Where a ledger is kept: one contract, SQLite in a file, and a passing one in memory."""
