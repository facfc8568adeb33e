"""The Open Inference Protocol (version 2) over HTTP, for whoever speaks it: server or client, free of Django."""
