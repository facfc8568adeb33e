"""The first tutorial's server: Django's own for development."""

import sys

from django.conf import settings
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    settings.configure(
        DEBUG=True,
        SECRET_KEY="measured-on-loopback-only",  # noqa: S106
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="benchmarks.peers.s0_views",
        INSTALLED_APPS=["rest_framework"],
        REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": [], "UNAUTHENTICATED_USER": None},
    )
    execute_from_command_line(["manage.py", "runserver", "--noreload", "--skip-checks", f"127.0.0.1:{sys.argv[1]}"])
