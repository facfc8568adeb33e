"""The one-process server: sockets, queues and the request log, on waitress."""
