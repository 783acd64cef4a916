"""The gate door."""
