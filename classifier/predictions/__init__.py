"""Predictions: from an upload to a stored row, and what happens to it afterwards."""
