"""Who sends a request, asked as soon as its headers are complete: an account, or somebody at an address.

Only for deciding early what is taken in, and whose turn it is. Who may do what is decided by Django, for each request.
"""

import hashlib
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module

import structlog
from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections, connections
from django.http import HttpRequest
from django.http.cookie import parse_cookie

from classifier.accounts import devices
from classifier.accounts.addresses import address_of, network_of

REMEMBERED_S = 10.0
"""How long an answer is believed; a token that is revoked meanwhile is refused by Django."""
MAX_REMEMBERED = 10_000
THREADS = 2
logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a request; `key` is the same for all that counts as one sender."""

    address: str
    """The client's, not the proxy's, without a port."""
    account: int | None = None
    is_checked: bool = True
    """False while the credentials could not be looked up: it may be an account or nobody."""

    @property
    def key(self) -> str:
        return f"address {network_of(self.address)}" if self.account is None else f"account {self.account}"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request's headers claim; empty for anonymous ones."""

    token: str = ""
    session_key: str = ""

    def __bool__(self) -> bool:
        return bool(self.token or self.session_key)

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(f"{self.token}\n{self.session_key}".encode()).digest()


def credentials_of(headers: Mapping[str, str]) -> Credentials:
    """From headers as waitress names them. Any scheme is a token's: Django knows which it takes."""
    cookies = parse_cookie(headers.get("COOKIE", ""))
    words = headers.get("AUTHORIZATION", "").split()
    return Credentials(words[-1] if len(words) > 1 else "", cookies.get(settings.SESSION_COOKIE_NAME, ""))


def sender_without_account(headers: Mapping[str, str], peer: str) -> Sender:
    """By the address alone: the peer's, or what the promised proxy says of it."""
    return Sender(address_of(peer, forwarded_for=headers.get("X_FORWARDED_FOR", "")))


def account_of(credentials: Credentials) -> int | None:
    """The account with this token or session, by the database. Raises DatabaseError."""
    return _owner_of_token(credentials.token) or _owner_of_session(credentials.session_key)


class Identities:
    """Answers from memory at once; asks the database in threads of its own, so that the select loop never waits."""

    def __init__(self, look_up: Callable[[Credentials], int | None] | None = None) -> None:
        self._look_up = look_up or account_of
        self._asked: queue.SimpleQueue[Question | None] = queue.SimpleQueue()
        self._remembered: OrderedDict[bytes, tuple[float, int | None]] = OrderedDict()
        self._lock = threading.Lock()
        self._is_closed = False
        for number in range(THREADS):
            threading.Thread(target=self._answer, name=f"identity-{number}", daemon=True).start()

    def remembered(self, sender: Sender, credentials: Credentials) -> Sender | None:
        """The sender with the account that was found lately; None when the database must be asked."""
        if not credentials:
            return sender
        with self._lock:
            until, account = self._remembered.get(credentials.digest, (0.0, None))
        return replace(sender, account=account) if time.monotonic() < until else None

    def ask(self, sender: Sender, credentials: Credentials, then: Callable[[Sender], None]) -> None:
        """Calls `then` from another thread, with the account, or with a sender that could not be checked."""
        self._asked.put(Question(sender, credentials, then))

    def close(self) -> None:
        """No more is answered."""
        self._is_closed = True
        for _ in range(THREADS):
            self._asked.put(None)

    def _answer(self) -> None:
        while (asked := self._asked.get()) is not None:
            found = self.remembered(asked.sender, asked.credentials) or self._find(asked.sender, asked.credentials)
            if not self._is_closed:
                asked.then(found)
        connections.close_all()

    def _find(self, sender: Sender, credentials: Credentials) -> Sender:
        close_old_connections()
        try:
            account = self._look_up(credentials)
        except ValueError:  # text that no query takes
            account = None
        except Exception as error:  # a thread that ended would keep all later requests waiting
            logger.warning("nobody can say who sends a request", error=repr(error))
            return replace(sender, is_checked=False)
        finally:
            close_old_connections()  # a pooled one is somebody else's, as long as nobody asks
        with self._lock:
            self._remembered[credentials.digest] = time.monotonic() + REMEMBERED_S, account
            while len(self._remembered) > MAX_REMEMBERED:
                self._remembered.popitem(last=False)
        return replace(sender, account=account)


@dataclass(frozen=True, slots=True)
class Question:
    """Whose credentials these are."""

    sender: Sender
    credentials: Credentials
    then: Callable[[Sender], None]


def _owner_of_token(token: str) -> int | None:
    device = devices.device_with(token) if token else None
    return int(device.user_id) if device and device.user.is_active else None


def _owner_of_session(session_key: str) -> int | None:
    if not session_key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return get_user(request).pk
