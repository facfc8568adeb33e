"""The application: photos in, stored predictions out."""

__version__ = "0.1.0"
"""The product's version; the API has its own, in its paths and its schema."""
