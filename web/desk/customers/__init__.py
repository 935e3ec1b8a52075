"""The pages of customers: who bought, what there was between them and the seller, and whom they do not serve."""
