"""The one-process server: sockets, lines and the request log, on waitress."""
