"""Other servers on the same photos and the same network, each in an environment of its own."""
