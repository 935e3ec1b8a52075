"""The pages of reviews: what people say about the goods, and what their seller says to that."""
