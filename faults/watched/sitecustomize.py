"""For processes with this folder in PYTHONPATH: writes down each look-up and each address beyond loopback.

Python runs this file before anything else, and tells its hook of all that its own sockets are asked to do.
"""

import ipaddress
import os
import sys
from typing import Any

LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in LOOK_UPS:
        host = arguments[0]
    elif event in SENDS and isinstance(arguments[1], tuple):
        host = arguments[1]
    else:
        return
    host = host[0] if isinstance(host, tuple) else host
    if not is_here(host):
        with open(os.environ["WATCHED_LOG"], "a", encoding="utf-8") as log:
            log.write(f"{event} {host!r} by {' '.join(sys.argv)[:100]}\n")


def is_here(host: Any) -> bool:
    text = host.decode("ascii", "replace") if isinstance(host, bytes | bytearray) else str(host or "localhost")
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text == "localhost"
    return address.is_loopback or address.is_unspecified


sys.addaudithook(watch)
