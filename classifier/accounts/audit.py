"""What happens to accounts, in the log: who, from where, and never a secret."""

from typing import Any

import structlog
from django.http import HttpRequest

from classifier.accounts.addresses import client_address

LONGEST_NAME = 150
logger = structlog.get_logger("classifier.accounts")


def note(event: str, request: HttpRequest, username: str, **facts: Any) -> None:
    """An event that the account's owner may have caused."""
    logger.info(event, **_who(request, username), **facts)


def warn(event: str, request: HttpRequest, username: str, **facts: Any) -> None:
    """An event that operators look for."""
    logger.warning(event, **_who(request, username), **facts)


def _who(request: HttpRequest, username: str) -> dict[str, str]:
    """The name is a stranger's text: it is cut, and has no character that could begin a line or hide one."""
    name = username[:LONGEST_NAME].encode("unicode_escape").decode("ascii")
    return {"username": name, "client": client_address(request)}
