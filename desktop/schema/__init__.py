"""Form definitions: load, lint, compare. Knows no SQL, no Excel, no Qt."""
