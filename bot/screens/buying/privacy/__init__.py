"""What the shop keeps about a person: shown, taken along, deleted."""
