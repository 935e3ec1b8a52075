"""The catalogue: categories and a product's page."""
