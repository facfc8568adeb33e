"""The client's network address: as the log has it, and as limits count it."""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

IPV6_PREFIX = 64
"""What one customer gets at the least: whoever has one address of it has all of them."""
_BRACKETED = re.compile(r"\[([^\]]*)\](?::\d+)?")
_WITH_PORT = re.compile(r"([^:]*):\d+")


def client_address(request: HttpRequest) -> str:
    """The address of who sends a request: see `address_of`."""
    return address_of(request.META.get("REMOTE_ADDR", ""), forwarded_for=request.META.get("HTTP_X_FORWARDED_FOR", ""))


def address_of(peer: str, *, forwarded_for: str) -> str:
    """The address of the client, without a port; what the peer is called, if that is none.

    `X-Forwarded-For` is believed only behind the proxy that BEHIND_TLS_PROXY promises, and only its last entry.
    """
    forwarded = _parsed(forwarded_for.rpartition(",")[2]) if settings.BEHIND_TLS_PROXY else None
    return str(forwarded or _parsed(peer) or peer)


def counted_address(request: HttpRequest) -> str:
    """What limits count as one address: an IPv4 address, or all of a /64 of IPv6."""
    return network_of(client_address(request))


@lru_cache(4096)
def network_of(address: str) -> str:
    """The same for an address; what is none stays as it is."""
    found = _parsed(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((found.packed, IPV6_PREFIX), strict=False))
    return str(found) if found else address


@lru_cache(4096)
def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it: alone, in brackets, with a port, with a zone, or as IPv4 inside IPv6."""
    text = text.strip().strip('"')
    match = _BRACKETED.fullmatch(text) or _WITH_PORT.fullmatch(text)
    try:
        address = ip_address((match[1] if match else text).partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
