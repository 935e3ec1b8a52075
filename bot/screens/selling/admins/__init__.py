"""Sellers, as the operator appoints them."""
