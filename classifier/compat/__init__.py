"""The dialects of other servers, so that clients which speak them need no change: thin adapters over the same core."""
