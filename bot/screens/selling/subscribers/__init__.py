"""Who pays a seller every month."""
