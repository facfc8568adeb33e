"""Media types that Django cannot read are as if they had not been sent; all others arrive as they are."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from classifier.server.readable_headers import with_readable_headers

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
    "",
    "application/json",
    "application/json; charset=utf-8",
    "application/json; charset=nobody-knows-it",
    "multipart/form-data; boundary=b",
    "multipart/form-data; boundary*=utf-8''b",
    "multipart/form-data; boundary*0=b; boundary*1=c",
]


def passed_on(**headers: str) -> dict[str, Any]:
    """What an application gets."""
    got: dict[str, Any] = {}

    def application(environ: dict[str, Any], _: Any) -> Iterable[bytes]:
        got.update(environ)
        return []

    with_readable_headers(application)(dict(headers), lambda *_: None)
    return got


@pytest.mark.parametrize("media_type", UNREADABLE)
def test_a_type_that_cannot_be_read_is_left_out(media_type: str) -> None:
    assert passed_on(CONTENT_TYPE=media_type) == {"CONTENT_TYPE": ""}


@pytest.mark.parametrize("media_type", READABLE)
def test_one_that_can_stays(media_type: str) -> None:
    assert passed_on(CONTENT_TYPE=media_type) == {"CONTENT_TYPE": media_type}


def test_the_name_of_a_type_is_the_same_in_capitals() -> None:
    got = passed_on(CONTENT_TYPE="Multipart/Form-Data; boundary=AaB")

    assert got == {"CONTENT_TYPE": "multipart/form-data; boundary=AaB"}


@pytest.mark.parametrize(
    ("accepted", "left"),
    [
        ("text/html, image/png; a*=x; a*1=y,*/*;q=0.8", "text/html,*/*;q=0.8"),
        ("image/png; a*=x''b", ""),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html,application/xhtml+xml,*/*;q=0.8"),
    ],
)
def test_so_it_is_with_each_that_is_accepted(accepted: str, left: str) -> None:
    assert passed_on(HTTP_ACCEPT=accepted) == {"HTTP_ACCEPT": left}


@pytest.mark.django_db
@pytest.mark.parametrize("media_type", UNREADABLE)
@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/livez", "200"), ("POST", "/api/v1/auth/login/", "415")]
)
def test_none_makes_the_server_fail(media_type: str, method: str, path: str, status: str) -> None:
    sent = RequestFactory().generic(method, f"{path}?a=b", "{}", HTTP_ACCEPT=f"*/*, {media_type}")
    environ = {**sent.META, "CONTENT_TYPE": media_type}
    begun: list[str] = []

    with_readable_headers(get_wsgi_application())(environ, lambda answered, *_: begun.append(answered))

    assert begun[0].split()[0] == status
