"""A product's photos as their seller orders them."""
