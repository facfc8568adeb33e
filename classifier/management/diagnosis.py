"""What may be wrong with a server: one short check for each kind, which says what was found and what to do next."""

import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from PIL import Image

from classifier import checks
from classifier.errors import ClassifierError
from classifier.inference import instance
from classifier.model_registry import versions
from classifier.models import ThrottleCount
from classifier.process.addresses import is_loopback
from classifier.storage import health
from classifier.storage.schema import unknown_migrations
from classifier.web import static_files

LOW_DISK_BYTES = 1024**3
ON_PURPOSE = frozenset({"classifier.W004"})
"""Messages of Django's checks about what an operator may well have chosen."""


class CheckFailedError(Exception):
    """A check that failed: what is wrong, and what to do next."""


class CheckWarning(Exception):  # noqa: N818  # no error: the server works
    """What an operator should know, and may have chosen."""


class Check(NamedTuple):
    """A check by its name. It returns what is well, and raises CheckFailedError or CheckWarning."""

    name: str
    check: Callable[[], str]
    needs_database: bool = False


def check_settings() -> str:
    messages = checks.messages()
    told = " ".join(map(checks.text_of, messages))
    if any(message.id not in ON_PURPOSE for message in messages):
        raise CheckFailedError(told)
    if messages:
        raise CheckWarning(told)
    if settings.DEVELOPMENT and not is_loopback(settings.HOST):
        raise CheckWarning(
            f"DEBUG is on, and HOST={settings.HOST} lets the network in. Errors are not shown there, but it is no "
            "production server: set DEBUG=0, SECRET_KEY and PLAIN_HTTP=1."
        )
    return "for development" if settings.DEVELOPMENT else "for production"


def check_migrations() -> str:
    """That a newer version has changed the tables, and what to do; nothing where none has.

    Raises CheckFailedError for tables of an older version, or none; DatabaseError where the database is silent.
    """
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        raise CheckFailedError(f"{len(plan)} migrations are not applied. Run manage.py migrate.")
    if not (unknown := unknown_migrations(executor.loader)):
        return ""
    return (
        f"The database is of a newer version than this one ({', '.join(unknown)}). Check out the newer version again, "
        "or restore a backup that this one made."
    )


def check_database() -> str:
    try:
        if newer := check_migrations():
            raise CheckFailedError(newer)
        with transaction.atomic():
            ThrottleCount.objects.create(key=uuid.uuid4().hex, hits="", expires_at=timezone.now())
            transaction.set_rollback(True)
    except DatabaseError as error:
        where = f"DATA_DIR={settings.DATA_DIR}" if connection.vendor == "sqlite" else "DATABASE_URL"
        raise CheckFailedError(
            f"{' '.join(str(error).split()).rstrip('.?')}. Check {where}, and whether the disk is full or read-only."
        ) from error
    return f"{connection.display_name}, migrated, writable"


def check_storage() -> str:
    try:
        found = health.examine()
    except DatabaseError as error:
        raise CheckFailedError(f"{error}.") from error
    if found:
        raise CheckFailedError(" ".join(found))
    return f"{health.place()} is readable and writable, and belongs to the database"


def check_disk() -> str:
    usage = shutil.disk_usage(settings.DATA_DIR if Path(settings.DATA_DIR).exists() else settings.BASE_DIR)
    free = f"{usage.free / 1024**3:.1f} GiB of {usage.total / 1024**3:.1f} are free"
    if usage.free < LOW_DISK_BYTES:
        raise CheckFailedError(f"{free}. Free some space, or set DATA_DIR to a folder on a larger disk.")
    return free


def check_pages() -> str:
    if problems := static_files.problems():
        raise CheckFailedError(" ".join(problems))
    return "style sheets and scripts are there"


def check_model() -> str:
    try:
        version = versions.active()
        if version is None:
            raise CheckFailedError("No model is active. Run manage.py install_model resnet50 --activate.")
        versions.serve_active()
        start = time.perf_counter()
        instance.get().classify(Image.new("RGB", (320, 240), "gray"), top_k=1)
    except ClassifierError as error:
        raise CheckFailedError(f"{error} Activate another model: manage.py list_models shows them.") from error
    return f"{version} classifies an image in {(time.perf_counter() - start) * 1000:.1f} ms"


def check_staff() -> str:
    count = User.objects.filter(is_superuser=True, is_active=True).count()
    if not count:
        raise CheckWarning("Nobody can open the admin. Run manage.py createsuperuser.")
    return f"{count} superuser{'s' * (count > 1)}"


def check_mail() -> str:
    if settings.EMAIL_URL:
        return f"sent through {settings.EMAIL_HOST}"
    if settings.DEVELOPMENT:
        return "EMAIL_URL is not set: reset codes are printed in the server's terminal"
    raise CheckWarning(
        "EMAIL_URL is not set, so nobody can get a new password by mail. Set it, or run manage.py changepassword NAME "
        "for those who forget theirs."
    )


CHECKS = (
    Check("settings", check_settings),
    Check("database", check_database),
    Check("storage", check_storage),
    Check("disk", check_disk),
    Check("pages", check_pages),
    Check("model", check_model, needs_database=True),
    Check("staff", check_staff, needs_database=True),
    Check("mail", check_mail),
)
