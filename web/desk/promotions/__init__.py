"""The pages of promotions: codes and offers, what they are for, which orders used them."""
