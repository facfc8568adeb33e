"""`manage.py serve`: the production server, in one process."""

import logging
import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError
from django.db.backends.signals import connection_created

from classifier import checks
from classifier.management.commands import ensure_demo_account
from classifier.management.diagnosis import CheckFailedError, check_migrations
from classifier.predictions import background
from classifier.process.memory import freeze_garbage_collector, limit_malloc_cache
from classifier.server.addresses import is_loopback, lan_addresses
from classifier.server.listeners import listen
from classifier.storage.connections import closed_at_the_end
from classifier.web import static_files

SWITCH_INTERVAL_S = 0.001
"""How long a thread may hold Python's lock, a fifth of the default: under load, each step of a short request waits that
long."""
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs the production server: API, pages and admin, in one process."
    requires_system_checks: list[str] = []  # _refuse_to_start_unfit has more of them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, **options: Any) -> None:
        host, port = options["host"], options["port"]
        self._refuse_to_start_unfit()
        _open_to(host)
        try:
            server = listen(get_wsgi_application(), host=host, port=port, behind_proxy=settings.BEHIND_TLS_PROXY)
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host}:{port}: {error.strerror}. Choose another: PORT=8001."
            ) from error
        _close_demo_account(host)
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        limit_malloc_cache()
        connection_created.connect(_disable_query_log)
        signal.signal(signal.SIGTERM, lambda *_: server.drain())
        with closed_at_the_end():
            background.start()
            self.stdout.write(_greeting(host, port))
            self.stdout._out.flush()  # type: ignore[attr-defined]
            freeze_garbage_collector()
            server.run()

    def _refuse_to_start_unfit(self) -> None:
        """Raises CommandError for what cannot work, or opens the server to others; tells of what else is poor.

        A database that does not answer is waited for: it may start after this.
        """
        messages = checks.messages()
        refused = [checks.text_of(message) for message in messages if message.is_serious()] or static_files.problems()
        if refused:
            raise CommandError(" ".join(refused))
        try:
            check_migrations()
        except CheckFailedError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            logger.warning("The database does not answer: %s", error)
        for message in messages:
            self.stderr.write(checks.text_of(message))


def _disable_query_log(connection: Any, **_: Any) -> None:
    """With DEBUG, Django logs every query, which takes as long as the query itself; nobody reads that log here."""
    connection.make_debug_cursor = connection.make_cursor


def _open_to(host: str) -> None:
    """What depends on where the server listens; --host may differ from the HOST that settings saw."""
    if is_loopback(host):
        return
    settings.DEBUG = False
    if settings.DEVELOPMENT or settings.PLAIN_HTTP:
        settings.ALLOWED_HOSTS += lan_addresses()


def _close_demo_account(host: str) -> None:
    """On a network nobody may sign in with a password that everybody knows."""
    if ensure_demo_account.is_allowed(host):
        return
    try:
        ensure_demo_account.close_demo_account()
    except DatabaseError as error:
        logger.warning("The demo account could not be closed: %s", error)


def _greeting(host: str, port: int) -> str:
    everywhere = host in ("0.0.0.0", "::")
    shown = ["127.0.0.1", *lan_addresses()] if everywhere else [f"[{host}]" if ":" in host else host]
    lines = [f"Serving on http://{address}:{port}/" for address in shown]
    if settings.DEVELOPMENT:
        lines += ["", *_first_steps(f"http://{shown[0]}:{port}", demo=ensure_demo_account.is_allowed(host))]
    return "\n".join([*lines, "", "Ctrl-C stops the server."])


def _first_steps(address: str, *, demo: bool) -> list[str]:
    if demo:
        name, password, opening = "demo", "demo", "Try it from another terminal (demo / demo also opens the admin):"
    else:
        name, password = "NAME", "PASSWORD"
        command = f"DEBUG=1 {sys.executable} {sys.argv[0]} createsuperuser"
        opening = f"Create an account ({command}), then use its name and password here:"
    return [
        opening,
        f"  TOKEN=$(curl -s -d 'username={name}' -d 'password={password}' {address}/api/v1/auth/login/"
        """ | python3 -c 'import json, sys; print(json.load(sys.stdin)["token"])')""",
        f'  curl -H "Authorization: Token $TOKEN" -F image=@docs/images/orange.jpg {address}/api/v1/predictions/',
    ]
