"""What people do with their phones: write, tap, pay, block."""
