"""What a proxy might read otherwise than this server is refused, and the connection closed."""

import pytest

from classifier.tests.sockets import Connect, answer, assert_refused, is_cut

CHUNKED = b"Transfer-Encoding: chunked\r\n"
POST = b"POST /api/ HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    "head",
    [
        POST + CHUNKED + b"Content-Length: 3\r\n",
        POST + b"Content-Length: 3\r\n" + CHUNKED,
        POST + b"Content-Length: 3\r\nContent-Length: 3\r\n",
        POST + b"Content-Length: 3\r\nContent-Length: 4\r\n",
        POST + CHUNKED + CHUNKED,
        POST + b"Transfer-Encoding: chunked, chunked\r\n",
        POST + b"Transfer-Encoding:\r\n chunked\r\n",
        POST.replace(b"1.1", b"1.0") + CHUNKED,
        POST + b"Host: y\r\n",
        POST.replace(b"Host: x", b"Host: x, y"),
        POST.replace(b"Host: x", b"Accept: */*"),
        POST + b"Content-Length: " + b"0" * 5000 + b"\r\n",
        POST.replace(b"/api/", b"http://[::1"),
    ],
    ids=[
        "chunks and a length",
        "a length and chunks",
        "a length twice",
        "two lengths",
        "chunked twice",
        "chunked in chunks",
        "folded",
        "chunks in HTTP/1.0",
        "two hosts",
        "two hosts in one",
        "no host",
        "a length that Python does not read",
        "half a bracket",
    ],
)
def test_a_head_with_two_meanings_is_refused_and_what_follows_never_read(connect: Connect, head: bytes) -> None:
    connection = connect()
    connection.sendall(head + b"\r\nabcGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")

    refused = assert_refused(connection, 400, "bad_request")

    assert b"Connection: close" in refused.head
    assert is_cut(connection, within_s=5)
    assert connection.recv(1000) == b""


@pytest.mark.parametrize("line", [b"GET / HTTP/2.0", b"GET / HTTP/9.9", b"PRI * HTTP/2.0", b"GET / HTTP/1.2", b"GET /"])
def test_another_version_is_told_which_one_is_spoken(connect: Connect, line: bytes) -> None:
    connection = connect()
    connection.sendall(line + b"\r\nHost: x\r\n\r\n")

    refused = assert_refused(connection, 505, "http_version_not_supported")

    assert b"Connection: close" in refused.head


@pytest.mark.parametrize(
    "head", [POST + CHUNKED, POST + b"transfer-encoding:  Chunked \r\n", b"POST / HTTP/1.0\r\nContent-Length: 13\r\n"]
)
def test_a_head_with_one_meaning_is_read(connect: Connect, head: bytes) -> None:
    connection = connect()
    connection.sendall(head + b"\r\n3\r\nabc\r\n0\r\n\r\n")

    assert b"abc" in answer(connection).body


@pytest.mark.parametrize("length", [b"", b"Content-Length: 0\r\n"])
def test_who_waits_to_be_told_to_go_on_and_has_nothing_to_send_is_answered(connect: Connect, length: bytes) -> None:
    connection = connect()
    connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n" + length + b"\r\n")

    assert answer(connection).status == 200
