"""Groups and channels: what arrives in a staff group, and products on show."""
