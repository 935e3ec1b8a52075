"""What operators set in the chat."""
