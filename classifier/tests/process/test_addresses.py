"""Which addresses are this machine's own."""

import pytest

from classifier.process.addresses import is_loopback


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1", "0:0:0:0:0:0:0:1"])
def test_nobody_else_is_at_a_loopback_address(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "203.0.113.9", "example.org", "localhost.example.org", "127.1"])
def test_others_are_or_may_be_at_any_other(host: str) -> None:
    assert not is_loopback(host)
