"""`manage.py doctor`: checks what the server needs, and says what to do about what is wrong."""

import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from PIL import Image

from classifier.errors import ClassifierError
from classifier.inference import instance
from classifier.model_registry import versions
from classifier.models import ThrottleWindow

LOW_DISK_BYTES = 1024**3


class CheckFailedError(Exception):
    """A check that failed: what is wrong, and what to do next."""


class Command(BaseCommand):
    help = "Checks settings, database, storage, disk, model and mail. Exit status 1 when a check fails."
    requires_system_checks: list[str] = []

    def handle(self, **_: Any) -> None:
        failed = [name for name, check in CHECKS.items() if not self._passes(name, check)]
        if failed:
            raise CommandError(f"Failed checks: {', '.join(failed)}.", returncode=1)
        self.stdout.write("All checks passed.")

    def _passes(self, name: str, check: Callable[[], str]) -> bool:
        try:
            summary = check()
        except CheckFailedError as error:
            self.stdout.write(f"FAIL  {name:<9} {error}")
            return False
        self.stdout.write(f"ok    {name:<9} {summary}")
        return True


def _settings() -> str:
    messages = checks.run_checks(include_deployment_checks=not settings.DEBUG)
    problems = [message for message in messages if message.level >= checks.WARNING]
    if problems:
        raise CheckFailedError("; ".join(f"{message.msg} {message.hint or ''}".strip() for message in problems))
    return "for development" if settings.DEBUG else "for production"


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            raise CheckFailedError(f"{len(plan)} migrations are not applied. Run manage.py migrate.")
        with transaction.atomic():
            ThrottleWindow.objects.create(key=uuid.uuid4().hex, opened_at=timezone.now(), count=0)
            transaction.set_rollback(True)
    except DatabaseError as error:
        raise CheckFailedError(f"{error}. Check DATABASE_URL, and whether the disk is full or read-only.") from error
    return f"{connection.display_name}, migrated, writable"


def _storage() -> str:
    content = uuid.uuid4().bytes
    try:
        name = default_storage.save(f"photos/doctor-{uuid.uuid4()}", ContentFile(content))
        try:
            with default_storage.open(name, "rb") as file:
                if file.read() != content:
                    raise CheckFailedError(
                        f"Bytes read from {settings.MEDIA_ROOT} differ from those written. Replace the disk."
                    )
        finally:
            default_storage.delete(name)
    except (OSError, ClassifierError) as error:
        raise CheckFailedError(f"{error} Check the permissions and the free space of {settings.MEDIA_ROOT}.") from error
    return f"{settings.MEDIA_ROOT} is readable and writable"


def _disk() -> str:
    usage = shutil.disk_usage(settings.DATA_DIR if Path(settings.DATA_DIR).exists() else settings.BASE_DIR)
    free = f"{usage.free / 1024**3:.1f} GiB of {usage.total / 1024**3:.1f} are free"
    if usage.free < LOW_DISK_BYTES:
        raise CheckFailedError(f"{free}. Free some space, or set DATA_DIR to a folder on a larger disk.")
    return free


def _model() -> str:
    try:
        version = versions.active()
        if version is None:
            raise CheckFailedError("No model is active. Run manage.py install_model resnet50 --activate.")
        versions.serve_active()
        start = time.perf_counter()
        instance.get().classify(Image.new("RGB", (320, 240), "gray"), top_k=1)
    except DatabaseError as error:
        raise CheckFailedError(f"{error}.") from error
    except ClassifierError as error:
        raise CheckFailedError(f"{error} Activate another model: manage.py list_models shows them.") from error
    return f"{version} classifies an image in {(time.perf_counter() - start) * 1000:.1f} ms"


def _mail() -> str:
    if not settings.EMAIL_URL:
        shown = "reset codes are printed in the server's terminal" if settings.DEBUG else "no password resets by mail"
        return f"EMAIL_URL is not set: {shown}"
    return f"sent through {settings.EMAIL_HOST}"


CHECKS: dict[str, Callable[[], str]] = {
    "settings": _settings,
    "database": _database,
    "storage": _storage,
    "disk": _disk,
    "model": _model,
    "mail": _mail,
}
