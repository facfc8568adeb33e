"""The project's settings for tests, which need nothing from the environment."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("SECRET_KEY", "for tests only")

from classifier_project.settings import *  # noqa: F403

if not os.environ.get("DATABASE_URL"):
    # In a file, as it is served: threads that write at once meet real locks, which a database in memory has not.
    _folder = tempfile.mkdtemp(prefix="classifier-tests-")
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/db.sqlite3"}  # noqa: F405

OWN_MACHINE = False
"""Pages are tested as others see them; tests of a developer's own server turn it on."""

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""The one that is served with takes a third of a second on purpose; most tests make somebody with a password."""
