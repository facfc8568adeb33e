"""What happens to accounts, in the log: who, from where, and never a secret."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from django.http import HttpRequest

from classifier.accounts.addresses import client_address
from classifier.errors import ThrottledError

LONGEST = 150
logger = structlog.get_logger("classifier.accounts")


def note(event: str, request: HttpRequest, account: str, **facts: Any) -> None:
    """An event that the account's owner may have caused."""
    logger.info(event, **_who(request, account), **facts)


def warn(event: str, request: HttpRequest, account: str, **facts: Any) -> None:
    """An event that operators look for."""
    logger.warning(event, **_who(request, account), **facts)


@contextmanager
def throttling_told(event: str, request: HttpRequest, account: str) -> Iterator[None]:
    """Tells of a ThrottledError on its way to the client."""
    try:
        yield
    except ThrottledError:
        warn(event, request, account)
        raise


def _who(request: HttpRequest, account: str) -> dict[str, str]:
    """An account is told as a name or a mail address, which may be any stranger's text.

    It is cut, and has no character that could begin a line or hide one.
    """
    name = account[:LONGEST].encode("unicode_escape").decode("ascii")
    return {"account": name, "address": client_address(request)}
