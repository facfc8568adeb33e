"""The Open Inference Protocol (version 2) over HTTP, for servers and clients; knows no Django."""
