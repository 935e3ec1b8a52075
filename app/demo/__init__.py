"""The demo shop: a catalogue with drawn pictures, people, orders and reviews, and the tour through all of it."""
