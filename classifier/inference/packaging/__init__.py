"""Models at rest: built or read, exported, compared and written as folders."""
