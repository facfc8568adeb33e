"""Calls of the API that many tests begin with."""

from typing import Any

from rest_framework.test import APIClient

from classifier.tests.examples import upload

PREDICTIONS = "/api/v1/predictions/"


def post_photo(
    client: APIClient, data: bytes | None = None, *, query: str = "", headers: dict[str, str] | None = None
) -> Any:
    """The answer to a photo; a red one by default."""
    return client.post(PREDICTIONS + query, {"image": upload(data)}, format="multipart", headers=headers or {})
