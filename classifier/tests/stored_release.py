"""The database of a release, as text: `python -m classifier.tests.stored_release` stores that of this version.

It is what later versions are tried on: rows that this version's own API, pages and commands have written. A release
that is stored is never written again. The photos themselves are not in it.
"""

import json
import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

RELEASES = Path(__file__).parent / "releases"
SECRET_KEY = "for tests only"
"""That of the tests' settings: sessions and codes are signed with it."""
NAME, PASSWORD = "ada", "correct horse battery"
LATER = "2126-01-01 00:00:00"
"""When what is stored expires, so that it does not before it is looked at."""


def read_release(version: str, database: Path) -> dict[str, Any]:
    """Makes the database of a release; returns what is known of it beside its rows, such as a token."""
    facts, script = (RELEASES / f"{version}.sql").read_text(encoding="utf-8").split("\n", 1)
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(script)
    return dict(json.loads(facts.removeprefix("-- ")))


def store_release(version: str, database: Path, facts: dict[str, Any]) -> Path:
    file = RELEASES / f"{version}.sql"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE django_session SET expire_date = ?", [LATER])
        connection.execute("UPDATE classifier_devicetoken SET expiry = ?", [LATER])
        lines = [f"-- {json.dumps(facts)}", *connection.iterdump()]
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def use_server(folder: Path) -> dict[str, Any]:
    """Does what people and operators do; returns what a test needs to go on as one of them."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client
    from rest_framework.test import APIClient

    from classifier.predictions.reclassification import reclassify_all, request_reclassification
    from classifier.tests.api_calls import post_photo
    from classifier.tests.examples import build_colour_model, jpeg

    call_command("install_model", str(build_colour_model(folder, name="colours")), "--activate", verbosity=0)
    User.objects.create_superuser("root", "root@example.org", PASSWORD)
    account = {"username": NAME, "password": PASSWORD, "email": "ada@example.org"}
    client = APIClient()
    client.post("/api/v1/auth/register/", account)
    client.post("/api/v1/auth/login/", {"username": NAME, "password": "wrong"})
    token = client.post("/api/v1/auth/login/", {**account, "device_name": "Ada's phone"}).json()["token"]
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    photos = [
        post_photo(client, jpeg(colour), headers={"Idempotency-Key": f"photo-of-{colour}"}).json()["id"]
        for colour in ("red", "green", "blue", "white")
    ]
    client.delete(f"/api/v1/predictions/{photos.pop()}/")
    client.post("/api/v1/auth/password/reset/", {"email": account["email"]})
    call_command("install_model", str(build_colour_model(folder, name="second", gain=3.0)), "--activate", verbosity=0)
    request_reclassification(photos[:1])
    reclassify_all()
    request_reclassification(photos[1:2])
    for name in (NAME, "root"):
        Client().force_login(User.objects.get(username=name))
    return {"token": token, "photos": photos}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DEBUG": "1", "SECRET_KEY": SECRET_KEY, "LOG_LEVEL": "ERROR"}
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
        import django
        from django.core.management import call_command
        from django.db import connections
        from django.test.utils import setup_test_environment

        from classifier import __version__

        if (RELEASES / f"{__version__}.sql").exists():
            sys.exit(f"{__version__} is stored already. Set the new version first, in classifier/__init__.py.")
        django.setup()
        setup_test_environment()  # mail goes nowhere
        call_command("migrate", verbosity=0)
        facts = use_server(Path(folder))
        connections.close_all()
        sys.stdout.write(f"Stored {store_release(__version__, Path(folder) / 'db.sqlite3', facts)}.\n")


if __name__ == "__main__":
    main()
