"""How much clients may ask of the server at once, and how long they may keep it waiting."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What no operator has a reason to change: no well-meant client meets any of it."""

    max_connections: int = 2000
    """Open at the same time; when there are more, the address with the most loses the one that does least."""
    max_connections_per_address: int = 500
    """The same for one address, which may be that of a whole office; a proxy's connections are not counted so."""
    spare_threads: int = 16
    """For everything that is not a photo: history, pages and admin."""
    max_waiting_bytes: int = 32 * 1024**2
    """Memory for bodies of ordinary photos that wait; more of them wait on the disk."""
    max_body_bytes_on_disk: int = 1024**3
    """For all of them there; one account may have a quarter, and all strangers together an eighth."""
    max_anonymous_body_bytes: int = 64 * 1024
    """More is sent by those with an account alone."""
    identify_timeout_s: float = 5.0
    """How long a request waits to be told from whom it is; then it goes on, and Django decides."""
    header_timeout_s: float = 10.0
    idle_timeout_s: float = 30.0
    """How long a connection may be silent, and nothing of a body or an answer may pass."""
    rate_window_s: float = 30.0
    min_bytes_per_s: int = 500
    """What must pass of a body or an answer in each such window."""
    average_bytes_per_s: int = 16 * 1024
    """How fast they must have gone altogether after the patience that follows: 20 MB may take 26 minutes."""
    patience_s: float = 300.0
    anonymous_patience_s: float = 60.0
    """The same for the bodies of strangers, which are small."""
    refused_s: float = 300.0
    """How long what a refused client still sends is thrown away: many hear the answer only when all is sent."""
    refused_idle_s: float = 15.0
    """How long it may be silent meanwhile."""
    drain_s: float = 12.0
    """How long an ending server waits for what is in flight."""
