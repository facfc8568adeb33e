"""How much clients may ask of the server at once, and how long they may keep it waiting."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What no operator has a reason to change: no well-meant client meets any of it."""

    max_connections: int = 2000
    """Open at the same time."""
    spare_threads: int = 16
    """For everything that is not a photo: history, pages and admin."""
    max_waiting_bytes: int = 32 * 1024**2
    """Memory for bodies of ordinary photos that wait; more of them wait on the disk."""
    max_anonymous_body_bytes: int = 64 * 1024
    """More is sent by those with an account alone."""
    identify_timeout_s: float = 5.0
    """How long a request waits to be told from whom it is; then it goes on, and Django decides."""
    header_timeout_s: float = 10.0
    body_grace_s: float = 20.0
    """From then on, what is received and what is sent must have gone at this rate:"""
    min_body_bytes_per_s: int = 500
    idle_timeout_s: int = 30
    """How long a connection may be silent."""
    drain_s: float = 12.0
    """How long an ending server waits for what is in flight."""
