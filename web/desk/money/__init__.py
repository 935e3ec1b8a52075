"""Money at the desk: what came, what went back, what a bank disputes."""
