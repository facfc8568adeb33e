"""Tests of what templates are given to say."""
