"""Network addresses: this machine's own, and which of them count as one client."""

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
    return host in ("127.0.0.1", "localhost", "::1")


def network_of(address: str) -> str:
    """Who counts as one at this address: of IPv6 a /64, which one subscriber has; never a port.

    What is no address stays as it is.
    """
    try:
        parsed = ipaddress.ip_address(_without_port(address))
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.IPv6Network((int(parsed), 64), strict=False))


def _without_port(address: str) -> str:
    """Some proxies write 192.0.2.1:4711 and [2001:db8::1]:4711; the zone of a link-local address is dropped, too."""
    if address.startswith("["):
        return address[1:].partition("]")[0].partition("%")[0]
    host, _, port = address.rpartition(":")
    return host if host.count(".") == 3 and port.isdigit() else address.partition("%")[0]
