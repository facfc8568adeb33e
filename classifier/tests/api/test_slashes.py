"""A path that misses an endpoint by a slash says where the endpoint is; it is never taken for the endpoint."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from classifier.models import Prediction

SOMEBODY = "0b6e6a1e-54a4-4d5f-9f3c-0e4f3d6f2a11"
MISSED = {
    "/api/v1/auth/login": "/api/v1/auth/login/, with one slash more",
    "/api/v1/predictions": "/api/v1/predictions/, with one slash more",
    f"/api/v1/predictions/{SOMEBODY}/image": f"/api/v1/predictions/{SOMEBODY}/image/, with one slash more",
    "/api/v1": "/api/v1/, with one slash more",
    "/api/schema": "/api/schema/, with one slash more",
    "/api/v1/me//": "/api/v1/me/, with one slash less",
    "/compat/api/predict": "/compat/api/predict/, with one slash more",
    "/compat/v2/health/live/": "/compat/v2/health/live, with one slash less",
}
NOTHING_NEAR = ["/api/v1/nothing", "/api/v1/nothing/", "/api/v1/predictions/17", "/compat/nothing"]


@pytest.mark.parametrize(("path", "hint"), MISSED.items())
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_a_slash_too_few_or_too_many_is_pointed_out(api_client: APIClient, path: str, hint: str, method: str) -> None:
    response = getattr(api_client, method)(path)

    assert response.status_code == 404
    assert f"There is one at {hint} at its end." in response.content.decode()
    assert not Prediction.objects.exists()


@pytest.mark.parametrize("path", NOTHING_NEAR)
def test_where_nothing_is_near_nothing_is_pointed_out(api_client: APIClient, path: str) -> None:
    response = api_client.get(path)

    assert response.status_code == 404
    assert "slash" not in response.content.decode()


def test_below_a_path_the_hint_is_the_whole_address(anonymous: APIClient, db: None, settings: Any) -> None:
    settings.FORCE_SCRIPT_NAME = "/photos"

    assert "at /photos/api/v1/me/, with one slash more" in anonymous.get("/api/v1/me").content.decode()
