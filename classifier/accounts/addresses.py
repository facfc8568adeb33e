"""The client's network address: as the log has it, and as limits count it."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

IPV6_PREFIX = 64
"""What one customer gets at the least: whoever has one address of it has all of them."""
_BRACKETED = re.compile(r"\[([^\]]*)\](?::\d+)?")
_WITH_PORT = re.compile(r"([^:]*):\d+")


def client_address(request: HttpRequest) -> str:
    """The address of the client, without a port; what the request names as one, if it is none.

    `X-Forwarded-For` is believed only behind the proxy that BEHIND_TLS_PROXY promises, and only its last entry.
    """
    found = _address(request)
    return str(found) if found else request.META.get("REMOTE_ADDR", "")


def counted_address(request: HttpRequest) -> str:
    """What limits count as one address: an IPv4 address, or all of a /64 of IPv6."""
    return network_of(client_address(request))


def network_of(address: str) -> str:
    """The same for an address; what is none stays as it is."""
    found = _parsed(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((found.packed, IPV6_PREFIX), strict=False))
    return str(found) if found else address


def _address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_TLS_PROXY else ""
    return _parsed(forwarded.rpartition(",")[2]) or _parsed(request.META.get("REMOTE_ADDR", ""))


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it: alone, in brackets, with a port, with a zone, or as IPv4 inside IPv6."""
    text = text.strip().strip('"')
    match = _BRACKETED.fullmatch(text) or _WITH_PORT.fullmatch(text)
    try:
        address = ip_address((match[1] if match else text).partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
