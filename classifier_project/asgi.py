"""The ASGI entry point, for production servers; `manage.py serve` needs none."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
application = get_asgi_application()

from classifier.model_registry import poller  # noqa: E402  (models need the application above)

poller.start_poller()
