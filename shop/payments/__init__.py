"""Money: opening payments, the gate before a charge, the one way a charge becomes a paid order, and giving it back."""
