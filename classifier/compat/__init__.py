"""Protocol adapters: the clients of other servers work unchanged, over the same core."""
