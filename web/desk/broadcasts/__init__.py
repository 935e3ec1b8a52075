"""The pages of broadcasts: written, sized, tried, sent at once or later, and stopped."""
