"""One module a version of the schema. A released one is never changed."""
