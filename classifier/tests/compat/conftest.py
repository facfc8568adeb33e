"""A server over real sockets, somebody's token for it, and an ear on what clients send it."""

import base64
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.signals import request_started

from classifier.models import DeviceToken, ModelVersion

TELLING = ("CONTENT_TYPE", "HTTP_AUTHORIZATION", "HTTP_INFERENCE_HEADER_CONTENT_LENGTH", "HTTP_CONTENT_ENCODING")
WSGIREF_DEFAULT = "text/plain"
"""What the test server takes for the media type of a body that has none."""


@pytest.fixture
def token(user: User) -> str:
    return str(DeviceToken.objects.create(user)[1])


@pytest.fixture
def address(live_server: Any, serving: ModelVersion) -> str:
    """Where the colour model answers to everybody's clients."""
    return f"{live_server.url}/compat"


@pytest.fixture
def heard(token: str) -> Iterator[list[dict[str, Any]]]:
    """Every request, as it came; tokens are left out."""
    requests: list[dict[str, Any]] = []

    def listen(*, environ: dict[str, Any], **_: object) -> None:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        told = {name: environ[name].replace(token, "TOKEN") for name in TELLING if environ.get(name)}
        if told.get("CONTENT_TYPE") == WSGIREF_DEFAULT:
            del told["CONTENT_TYPE"]
        what = {"method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"]}
        requests.append({**what, "headers": told, "body": base64.b64encode(body).decode()})

    request_started.connect(listen)
    yield requests
    request_started.disconnect(listen)
