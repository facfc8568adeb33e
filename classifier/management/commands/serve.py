"""`manage.py serve`: the production server, in one process."""

import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application

from classifier import model_versions
from classifier.conf import conf
from classifier_project.env import is_loopback, lan_addresses

MULTIPART_OVERHEAD_BYTES = 1024 * 1024


class Command(BaseCommand):
    help = "Serves the API, the pages and the admin with waitress, which half-sent requests cannot stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, **options: Any) -> None:
        import waitress

        host, port = options["host"], options["port"]
        try:
            server = waitress.create_server(
                get_wsgi_application(),
                host=host,
                port=port,
                threads=16,
                connection_limit=1000,
                channel_timeout=30,
                cleanup_interval=5,
                max_request_body_size=2 * conf.max_upload_bytes + MULTIPART_OVERHEAD_BYTES,
                clear_untrusted_proxy_headers=not settings.BEHIND_TLS_PROXY,
                ident=None,
            )
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host}:{port}: {error.strerror}. Choose another: PORT=8001."
            ) from error
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        model_versions.start_watcher()
        self.stdout.write(_greeting(host, port))
        self.stdout._out.flush()  # type: ignore[attr-defined]
        server.run()


def _greeting(host: str, port: int) -> str:
    shown = [host] if is_loopback(host) or host not in ("0.0.0.0", "::") else ["127.0.0.1", *lan_addresses()]
    lines = [f"Serving on http://{address}:{port}/" for address in shown]
    if not settings.DEBUG:
        return "\n".join(lines)
    address = f"http://{shown[0]}:{port}"
    return "\n".join(
        [
            *lines,
            "",
            "Try it from another terminal (demo / demo also opens the admin):",
            f"  TOKEN=$(curl -s -d 'username=demo' -d 'password=demo' {address}/api/v1/auth/login/"
            """ | python3 -c 'import json, sys; print(json.load(sys.stdin)["token"])')""",
            f'  curl -H "Authorization: Token $TOKEN" -F image=@docs/images/orange.jpg {address}/api/v1/predictions/',
            "",
            "Ctrl-C stops the server.",
        ]
    )
