"""What customers see: a folder a noun, each with handlers, views and buttons."""
