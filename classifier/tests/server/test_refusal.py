"""What the server refuses before any application sees it."""

import pytest

from classifier.tests.sockets import Connect, assert_refused

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
