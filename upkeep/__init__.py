"""Keeping what is written about Askwell true: docs with their sessions run, and message catalogues."""
