"""Clients that others' generators make from the schema, tried on the real server."""
