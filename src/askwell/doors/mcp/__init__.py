"""The mcp door."""
