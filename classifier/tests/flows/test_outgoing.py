"""Nothing leaves that nobody asked for: not at a start, an upload, `classify`, `doctor` or `install_model`."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from faults.outgoing import WATCH, foreign_calls, journey


def test_nothing_is_looked_up_or_sent_beyond_loopback_and_nothing_written_into_the_home_folder(tmp_path: Path) -> None:
    traces = journey(tmp_path)

    assert traces.outgoing == []
    assert traces.in_home == []


@pytest.mark.parametrize(
    ("attempt", "is_seen"),
    [
        ("socket.getaddrinfo('www.example.org', 80)", True),
        ("socket.gethostbyname('www.example.org')", True),
        ("socket.create_connection(('192.0.2.1', 9), timeout=0.01)", True),
        ("socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))", True),
        ("urllib.request.urlopen('http://192.0.2.1:9/', timeout=0.01)", True),
        ("socket.getaddrinfo('localhost', 80)", False),
        ("socket.create_connection(('127.0.0.1', 9))", False),
        ("socket.socket(socket.AF_UNIX).connect('/nowhere')", False),
    ],
)
def test_the_watch_sees_an_attempt(tmp_path: Path, attempt: str, is_seen: bool) -> None:
    log = tmp_path / "log"
    log.touch()
    code = f"import contextlib, socket, urllib.request\nwith contextlib.suppress(OSError):\n    {attempt}"

    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(WATCH), "WATCHED_LOG": str(log)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)

    assert bool(log.read_text()) is is_seen


def test_a_system_call_to_a_resolver_is_foreign_wherever_it_is() -> None:
    trace = (
        '7 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0\n'
        '7 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")}, 16) = -1\n'
        "7 connect(3, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), "
        'inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = -1\n'
        '7 connect(3, {sa_family=AF_INET, sin_port=htons(8000), sin_addr=inet_addr("127.0.0.1")}, 16) = 0\n'
        f'7 connect(3, {{sa_family={socket.AF_UNIX.name}, sun_path="/run/x"}}, 110) = 0\n'
    )

    assert foreign_calls(trace) == ["127.0.0.53 port 53", "192.0.2.7 port 443", "2001:db8::1 port 443"]
