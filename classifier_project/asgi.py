"""The ASGI entry point, for production servers; `manage.py serve` needs none."""

import os
from typing import Any

from classifier.server.readable_requests import asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
_django = asgi_application()

from classifier.model_registry import poller  # noqa: E402  (models need the application above)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """The first event, which is the server's start, has the model loaded: a server may fork after the import."""
    poller.start_poller()
    await _django(scope, receive, send)
