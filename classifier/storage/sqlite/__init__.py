"""SQLite as the threads of a server use it: a database engine for Django."""
