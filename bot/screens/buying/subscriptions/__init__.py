"""What a person pays every month."""
