"""Store credit, as its owner sees it: what there is, how it came and went, and gift cards that become it."""
