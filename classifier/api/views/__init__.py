"""What each endpoint does: validate, call one service, respond."""
