"""What most programs accept is decided at once, and as Django REST framework decides it."""

from typing import Any

import pytest
from django.test import RequestFactory
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BrowsableAPIRenderer, JSONRenderer
from rest_framework.request import Request

from classifier.api.negotiation import FirstAtOnce

RENDERERS = [JSONRenderer(), BrowsableAPIRenderer()]
ACCEPTED = ["", "*/*", "application/json", "application/json; indent=4", "text/html", "text/html,*/*;q=0.8", "image/*"]


@pytest.mark.parametrize("query", ["", "format=api", "format=json", "top_k=3"])
@pytest.mark.parametrize("accepted", [None, *ACCEPTED])
def test_it_is_what_the_framework_decides(accepted: str | None, query: str) -> None:
    assert _decided(FirstAtOnce(), accepted, query) == _decided(DefaultContentNegotiation(), accepted, query)


@pytest.mark.parametrize("accepted", [None, "*/*", "application/json"])
def test_what_programs_accept_is_not_parsed(accepted: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(DefaultContentNegotiation, "select_renderer")

    assert _decided(FirstAtOnce(), accepted, "") == (RENDERERS[0], "application/json")


def _decided(negotiation: DefaultContentNegotiation, accepted: str | None, query: str) -> Any:
    headers = {} if accepted is None else {"Accept": accepted}
    request = Request(RequestFactory().get(f"/?{query}", headers=headers))
    try:
        return negotiation.select_renderer(request, RENDERERS)
    except NotAcceptable:
        return None
