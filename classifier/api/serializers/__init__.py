"""The JSON of version 1, in and out."""
