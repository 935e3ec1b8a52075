"""Links of products, categories and orders, to be sent on."""
