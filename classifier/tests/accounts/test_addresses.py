"""Whom the server believes about where a request comes from."""

from typing import Any

import pytest
from django.test import RequestFactory

from classifier.accounts.addresses import client_address, counted_address


@pytest.mark.parametrize(
    ("behind_proxy", "address"), [(False, "10.0.0.1"), (True, "203.0.113.9")], ids=["direct", "behind the proxy"]
)
def test_only_the_proxy_is_believed_about_addresses(settings: Any, behind_proxy: bool, address: str) -> None:
    settings.BEHIND_TLS_PROXY = behind_proxy

    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.9")

    assert client_address(request) == address


@pytest.mark.parametrize(
    ("written", "address", "counted"),
    [
        ("7.7.7.7", "7.7.7.7", "7.7.7.7"),
        ("7.7.7.7:1001", "7.7.7.7", "7.7.7.7"),
        ("1.2.3.4, 7.7.7.7:1001", "7.7.7.7", "7.7.7.7"),
        ("2001:db8::1", "2001:db8::1", "2001:db8::/64"),
        ("[2001:db8::1]:443", "2001:db8::1", "2001:db8::/64"),
        ('"[2001:db8::1]"', "2001:db8::1", "2001:db8::/64"),
        ("2001:db8:0:0:ffff:ffff:ffff:ffff", "2001:db8::ffff:ffff:ffff:ffff", "2001:db8::/64"),
        ("2001:db8:0:1::1", "2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("::ffff:7.7.7.7", "7.7.7.7", "7.7.7.7"),
        ("fe80::1%eth0", "fe80::1", "fe80::/64"),
        ("unknown", "10.0.0.1", "10.0.0.1"),
        ("", "10.0.0.1", "10.0.0.1"),
    ],
)
def test_an_address_is_read_however_a_proxy_writes_it(settings: Any, written: str, address: str, counted: str) -> None:
    settings.BEHIND_TLS_PROXY = True

    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=written)

    assert (client_address(request), counted_address(request)) == (address, counted)


def test_a_connection_without_an_address_has_none(settings: Any) -> None:
    """As over a Unix socket."""
    request = RequestFactory().get("/", REMOTE_ADDR="")

    assert (client_address(request), counted_address(request)) == ("", "")
