"""Media types that Django cannot read are as if they had not been sent; all others arrive as they are."""

import io
import time
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import AsyncRequestFactory, RequestFactory

from classifier.server.readable_requests import ReadableASGIRequest, ReadableWSGIRequest, wsgi_application

UNREADABLE = [
    "text/plain; a*=x''b",
    "text/plain; a*=idna''b",
    "text/plain; a*=x; a*1=y",
    f"text/plain; a*{'9' * 5000}=x",
    "application/json; charset=base64",
    'application/json; CHARSET="zlib"',
    "application/json; charset=undefined",
]
READABLE = [
    "application/json",
    "application/json; charset=utf-8",
    "application/json; charset=nobody-knows-it",
    "multipart/form-data; boundary=b",
    "multipart/form-data; boundary*=utf-8''b",
    "multipart/form-data; boundary*0=b; boundary*1=c",
]


def by_wsgi(**headers: str) -> HttpRequest:
    return ReadableWSGIRequest({**RequestFactory().get("/").META, **headers, "wsgi.input": io.BytesIO()})


def by_asgi(**headers: str) -> HttpRequest:
    names = {"CONTENT_TYPE": b"content-type", "HTTP_ACCEPT": b"accept"}
    scope = {**AsyncRequestFactory().get("/").scope, "headers": [(names[n], v.encode()) for n, v in headers.items()]}
    return ReadableASGIRequest(scope, io.BytesIO())


received = pytest.mark.parametrize("received", [by_wsgi, by_asgi], ids=["wsgi", "asgi"])


@received
@pytest.mark.parametrize("media_type", UNREADABLE)
def test_a_type_that_cannot_be_read_is_left_out(received: Any, media_type: str) -> None:
    assert received(CONTENT_TYPE=media_type).META["CONTENT_TYPE"] == ""


@received
@pytest.mark.parametrize("media_type", READABLE)
def test_one_that_can_stays(received: Any, media_type: str) -> None:
    assert received(CONTENT_TYPE=media_type).META["CONTENT_TYPE"] == media_type


@received
def test_the_name_of_a_type_is_the_same_in_capitals(received: Any) -> None:
    request = received(CONTENT_TYPE="Multipart/Form-Data; boundary=AaB")

    assert request.META["CONTENT_TYPE"] == "multipart/form-data; boundary=AaB"


def test_a_long_row_of_stars_takes_no_time() -> None:
    stars = "*" * 50_000
    began_at = time.process_time()

    assert by_wsgi(HTTP_ACCEPT=stars).META["HTTP_ACCEPT"] == stars
    assert time.process_time() - began_at < 1


@received
@pytest.mark.parametrize(
    ("accepted", "left"),
    [
        ("text/html, image/png; a*=x; a*1=y,*/*;q=0.8", "text/html,*/*;q=0.8"),
        ("image/png; a*=x''b", ""),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html,application/xhtml+xml,*/*;q=0.8"),
    ],
)
def test_so_it_is_with_each_that_is_accepted(received: Any, accepted: str, left: str) -> None:
    assert received(HTTP_ACCEPT=accepted).META["HTTP_ACCEPT"] == left


def status_of(method: str, path: str, body: str, **headers: str) -> int:
    environ = {**RequestFactory().generic(method, path, body).META, **headers}
    begun: list[str] = []

    def begin(status: str, *_: Any) -> Any:
        begun.append(status)

    wsgi_application()(environ, begin)
    return int(begun[0].split()[0])


@pytest.mark.django_db
@pytest.mark.parametrize("media_type", UNREADABLE)
@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/livez", 200), ("POST", "/api/v1/auth/login/", 415)])
def test_none_makes_the_server_fail(media_type: str, method: str, path: str, status: int) -> None:
    sent = {"CONTENT_TYPE": media_type, "HTTP_ACCEPT": f"*/*, {media_type}"}

    assert status_of(method, f"{path}?a=b", "{}", **sent) == status


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/register/", "/sign-in/", "/admin/login/", "/api/v1/auth/login/"])
def test_a_part_of_a_form_with_a_header_that_cannot_be_read_is_a_wrong_request(path: str) -> None:
    body = '--b\r\nContent-Disposition: form-data; name="image"; x*=a; x*1=b\r\n\r\nphoto\r\n--b--\r\n'

    sent = {"CONTENT_TYPE": "multipart/form-data; boundary=b", "HTTP_COOKIE": f"csrftoken={'a' * 32}"}

    assert status_of("POST", path, body, **sent) == 400
