"""Whom the server believes about where a request comes from."""

from typing import Any

import pytest
from django.test import RequestFactory

from classifier.accounts.addresses import client_address


@pytest.mark.parametrize(
    ("behind_proxy", "address"), [(False, "10.0.0.1"), (True, "203.0.113.9")], ids=["direct", "behind the proxy"]
)
def test_only_the_proxy_is_believed_about_addresses(settings: Any, behind_proxy: bool, address: str) -> None:
    settings.BEHIND_TLS_PROXY = behind_proxy

    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.9")

    assert client_address(request) == address
