"""The root lists where everything is, for programs and people, signed in or not."""

from typing import Any

from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

ROOT = "/api/v1/"


def test_every_path_of_the_schema_in_which_nothing_varies_is_listed(anonymous: APIClient, db: None) -> None:
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]

    listed = {address.removeprefix("http://testserver") for address in anonymous.get(ROOT).json().values()}

    documents = {"/api/docs/", "/api/redoc/", "/api/schema/"}
    assert listed == {path for path in paths if "{" not in path} | documents


def test_every_address_listed_is_there(api_client: APIClient) -> None:
    addresses: dict[str, Any] = api_client.get(ROOT).json()

    answers = {name: api_client.get(address).status_code for name, address in addresses.items()}

    assert 404 not in answers.values()


def test_people_see_it_as_a_page_with_links(anonymous: APIClient, db: None) -> None:
    page = anonymous.get(ROOT, headers={"Accept": "text/html"}).content.decode()

    assert 'href="http://testserver/api/v1/predictions/"' in page
    assert "HTTP 200" in page
