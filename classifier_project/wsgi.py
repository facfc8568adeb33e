"""The WSGI entry point, for production servers; gunicorn has deploy/gunicorn.conf.py, and `serve` needs none of it."""

import os
from collections.abc import Iterable
from typing import Any

from classifier.server.readable_requests import wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
_django = wsgi_application()

from classifier.model_registry import poller  # noqa: E402  (models need the application above)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The first request has the model loaded, not the import: a server may fork after it, which no network survives."""
    poller.start_poller()
    return _django(environ, start_response)
