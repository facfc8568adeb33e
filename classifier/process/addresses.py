"""This machine's own network addresses."""

import ipaddress
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
    """Whether only this machine itself can be there, or have come from there. Other names than localhost are not."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
