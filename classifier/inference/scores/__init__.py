"""Scores: what a network's numbers say."""
