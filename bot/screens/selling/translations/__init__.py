"""What a product or a category is called in the languages of its readers."""
