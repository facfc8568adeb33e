"""The whole of what is shipped, live: nginx with TLS, gunicorn and PostgreSQL, started from the files in `deploy/`."""
