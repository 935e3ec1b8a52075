"""What the pictures of the demo shop are drawn with: a canvas, and one file of shapes a shelf."""
