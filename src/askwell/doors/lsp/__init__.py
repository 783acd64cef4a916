"""The lsp door."""
