"""The inference floor: from bytes to labels, free of Django."""
