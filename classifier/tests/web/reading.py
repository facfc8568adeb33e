"""Pages as tests read them."""

from typing import Any

from django.test import Client


def read(client: Client, path: str, **query: Any) -> str:
    """The page at that path, which must be there."""
    response = client.get(path, query)
    assert response.status_code == 200
    return str(response.content.decode())
