"""The project's settings for tests, which need nothing from the environment."""

import os

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("SECRET_KEY", "for tests only")

from classifier_project.settings import *  # noqa: F403
