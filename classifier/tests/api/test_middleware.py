"""What is answered before any view is reached."""

from typing import Any

import pytest
from django.test import Client

CALLS = ["/api/v1/auth/login/", "/api/v1/me/", "/api/schema/", "/api/nothing/", "/compat/v2/health/live", "/metrics"]
PAGES = ["/", "/sign-in/", "/api/docs/", "/api/redoc/", "/admin/", "/account/"]


@pytest.fixture(autouse=True)
def production(settings: Any, db: None) -> None:
    settings.SECURE_SSL_REDIRECT = settings.BEHIND_TLS_PROXY = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize("path", CALLS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_call_by_http_is_refused_so_that_nobody_goes_on_sending_tokens_in_the_clear(
    client: Client, path: str, method: str
) -> None:
    response = getattr(client, method)(path, headers={"Authorization": "Token x"})

    assert response.status_code == 403
    (error,) = response.json()["errors"]
    assert (error["code"], error["attr"]) == ("https_required", None)
    assert "https://" in error["detail"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_by_http_is_redirected(client: Client, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response["Location"]) == (301, f"https://testserver{path}")


@pytest.mark.parametrize("path", [*CALLS, *PAGES])
def test_what_came_to_the_proxy_by_https_is_answered(client: Client, path: str) -> None:
    response = client.get(path, headers={"X-Forwarded-Proto": "https"})

    assert response.status_code not in (301, 403)


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_health_is_told_by_http_too(client: Client, path: str) -> None:
    assert client.get(path).status_code in (200, 503)
