"""What sellers see: a folder a noun, each with handlers, views and buttons."""
