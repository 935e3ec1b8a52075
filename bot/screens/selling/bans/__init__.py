"""Who may not buy any more."""
