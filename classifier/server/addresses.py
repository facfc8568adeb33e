"""This machine's own network addresses."""

import socket

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


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
