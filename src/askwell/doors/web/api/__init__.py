"""The JSON API: one module a verb, with a `router`. The same schemas as the command line prints."""
