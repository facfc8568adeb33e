"""Backups: a whole server in one tar, made while it works, and a server from that tar."""
