"""`manage.py serve`: the production server, in one process."""

import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from classifier.management import starting
from classifier.management.commands import ensure_demo_account
from classifier.management.diagnosis import CheckFailedError
from classifier.process.addresses import is_loopback, lan_addresses
from classifier.process.memory import freeze_garbage_collector
from classifier.server.listeners import Listeners, listen
from classifier.server.readable_requests import wsgi_application

LAST_PORT = 65_535


class Command(BaseCommand):
    help = "Runs the production server: API, pages and admin, in one process."
    requires_system_checks: list[str] = []  # _refuse_to_start_unfit has more of them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if not 1 <= port <= LAST_PORT:
            raise CommandError(f"--port takes a number from 1 to {LAST_PORT}.")
        self._refuse_to_start_unfit()
        _open_to(host)
        try:
            server = listen(wsgi_application(), host=host, port=port, behind_proxy=settings.BEHIND_TLS_PROXY)
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host}:{port}: {error.strerror}. Choose another: PORT=8001."
            ) from error
        except ValueError as error:  # waitress' word for a host that cannot be looked up
            raise CommandError(
                f"{host} is no address of this machine, and no name of one. Set HOST=127.0.0.1 for this machine alone, "
                "or HOST=0.0.0.0 for the network; without http://."
            ) from error
        starting.close_demo_account(host)
        _drain_when_told(server)
        with starting.at_work():
            self.stdout.write(_greeting(host, port))
            self.stdout._out.flush()  # type: ignore[attr-defined]
            freeze_garbage_collector()
            server.run()

    def _refuse_to_start_unfit(self) -> None:
        """Raises CommandError for what cannot work, or opens the server to others; tells of what else is poor."""
        try:
            told = starting.refuse_unfit()
        except CheckFailedError as error:
            raise CommandError(str(error)) from error
        for text in told:
            self.stderr.write(text)


def _open_to(host: str) -> None:
    """What depends on where the server listens; --host may differ from the HOST that settings saw."""
    if is_loopback(host):
        return
    settings.OWN_MACHINE = False
    if settings.DEVELOPMENT or settings.PLAIN_HTTP:
        settings.ALLOWED_HOSTS += lan_addresses()


def _drain_when_told(server: Listeners) -> None:
    """SIGTERM and Ctrl-C end it once what is in flight is answered; Ctrl-C after that, at once.

    A shell has whatever it starts in the background ignore Ctrl-C, and that stays so.
    """

    def drain(*_: Any) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        server.drain()

    for told in (signal.SIGTERM, signal.SIGINT):
        if signal.getsignal(told) is not signal.SIG_IGN:
            signal.signal(told, drain)


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
