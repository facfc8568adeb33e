"""What settings need to know of the machine: its environment, its secret and its addresses."""

import os
import secrets
import socket
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def secret_key(given: str, *, debug: bool, data_dir: Path) -> str:
    """The given key; in development without one, a random key kept in `data_dir` for the owner's eyes only.

    Raises ImproperlyConfigured when there is none and DEBUG is off.
    """
    if given:
        return given
    if not debug:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Make one: "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))', and put it into .env or the environment. "
            "For development, DEBUG=1 makes one by itself."
        )
    path = data_dir / "secret_key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


def lan_addresses() -> list[str]:
    """This machine's own IPv4 addresses that other machines can reach."""
    found: set[str] = set()
    try:
        found.update(str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # sends nothing; the system picks the outward address
            found.add(str(probe.getsockname()[0]))
    except OSError:
        pass
    return sorted(address for address in found if not address.startswith("127."))


def is_loopback(host: str) -> bool:
    return host in ("127.0.0.1", "localhost", "::1")
