"""The pages of categories: the tree, and one of it with its names, its place and what is done to it."""
