"""What the server refuses before any application sees it."""

import logging
from typing import Any

import pytest

from classifier.tests.sockets import Connect, answer, assert_refused
from classifier.tests.waiting import wait_until

pytestmark = pytest.mark.usefixtures("small_bodies")


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_sent(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"POST /api/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n")

    assert_refused(connection, 413, "upload_too_large")


def test_a_client_that_asks_first_is_not_told_to_go_on(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 100000000\r\n\r\n")

    assert_refused(connection, 413, "upload_too_large")


def test_a_client_that_sends_on_still_gets_the_answer(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n" + b"x" * 2_000_000)

    assert_refused(connection, 413, "upload_too_large")


def test_a_body_in_chunks_is_refused_as_soon_as_it_is_too_large(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    connection.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")
    connection.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")

    assert_refused(connection, 413, "upload_too_large")


@pytest.mark.parametrize(
    ("path", "origin", "is_allowed"),
    [
        ("/api/v1/predictions/", "https://app.example.org", True),
        ("/compat/hf/x", "https://app.example.org", True),
        ("/api/v1/predictions/", "https://evil.example.org", False),
        ("/", "https://app.example.org", False),
    ],
)
def test_a_script_of_a_site_that_may_ask_can_read_a_refusal(
    connect: Connect, settings: Any, path: str, origin: str, is_allowed: bool
) -> None:
    settings.CORS_ALLOWED_ORIGINS, settings.CORS_URLS_REGEX = ["https://app.example.org"], r"^/(api|compat)/"
    settings.CORS_EXPOSE_HEADERS = ["Retry-After"]
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nOrigin: {origin}\r\nContent-Length: 100000000\r\n\r\n"
    connection = connect()
    connection.sendall(head.encode())

    lines = answer(connection).head.decode().lower().split("\r\n")

    for line in (f"access-control-allow-origin: {origin}", "access-control-expose-headers: retry-after"):
        assert (line in lines) == is_allowed


@pytest.mark.parametrize(
    "request_line",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"GET / HTTP/1.1\r\nbad header\r\n\r\n",
    ],
)
def test_what_is_no_request_is_told_in_json(connect: Connect, request_line: bytes) -> None:
    connection = connect()
    connection.sendall(request_line)

    assert_refused(connection, 400, "bad_request")


def test_endless_headers_are_refused(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * 300_000)

    assert_refused(connection, 431, "headers_too_large")


def test_a_refusal_is_a_line_with_the_address(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    connection = connect()
    with caplog.at_level(logging.INFO, "classifier.requests"):
        connection.sendall(b"GET /a%0Ab HTTP/9.9\r\nHost: x\r\n\r\n")
        assert_refused(connection, 505, "http_version_not_supported")
        wait_until(lambda: bool(caplog.records))

    facts: Any = caplog.records[-1].msg
    assert (facts["path"], facts["status"], facts["address"]) == ("/a\\nb", 505, "127.0.0.1")


def test_many_refusals_are_few_lines(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "classifier.requests"):
        for _ in range(20):
            connection = connect()
            connection.sendall(b"GET / HTTP/9.9\r\nHost: x\r\n\r\n")
            assert_refused(connection, 505, "http_version_not_supported")
        wait_until(lambda: _refused_in(caplog) == 20)

    assert len(caplog.records) < 10


def _refused_in(caplog: pytest.LogCaptureFixture) -> int:
    """Of those that have been told; waitress logs that clients have gone, when it likes."""
    facts: list[Any] = [record.msg for record in caplog.records if record.name == "classifier.requests"]
    return sum(1 + fact.get("more", 0) for fact in facts)
