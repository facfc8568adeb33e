"""Photos: from bytes to pixels a network can use, and the smaller pictures that are kept."""
