"""What a seller prints above their receipts."""
