"""Accounts: registration, sign-in, limits, quotas and export."""
