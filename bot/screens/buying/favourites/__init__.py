"""Favourites: what a person likes, and the news of it."""
