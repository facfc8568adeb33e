"""The WSGI entry point, for production servers; `manage.py serve` needs none."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
application = get_wsgi_application()

from classifier.model_registry import poller  # noqa: E402  (models need the application above)

poller.start_poller()
