"""How updates come in: read with suspicion, in order for each person, many people at once."""
