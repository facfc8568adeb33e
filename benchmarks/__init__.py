"""Measurements of the project, each a script that prints a table and writes JSON."""
