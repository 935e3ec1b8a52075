"""A customer, as the seller knows them."""
