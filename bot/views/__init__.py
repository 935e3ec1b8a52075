"""Pure functions from loaded rows to a Screen."""
