"""Which model versions there are, and which one serves."""
