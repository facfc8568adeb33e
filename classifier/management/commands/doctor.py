"""`manage.py doctor`: whether everything the server needs is there, and what to do about what is not."""

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
    """What is wrong, and what to do."""


class Command(BaseCommand):
    help = "Looks at settings, database, storage, disk, model and mail; exit status 1 when something is wrong."
    requires_system_checks: list[str] = []

    def handle(self, **_: Any) -> None:
        ill = [name for name, look in LOOKS.items() if not self._is_well(name, look)]
        if ill:
            raise CommandError(f"Not well: {', '.join(ill)}.", returncode=1)
        self.stdout.write("All is well.")

    def _is_well(self, name: str, look: Callable[[], str]) -> bool:
        try:
            found = look()
        except CheckFailedError as problem:
            self.stdout.write(f"FAIL  {name:<9} {problem}")
            return False
        self.stdout.write(f"ok    {name:<9} {found}")
        return True


def _settings() -> str:
    found = checks.run_checks(include_deployment_checks=not settings.DEBUG)
    grave = [message for message in found if message.level >= checks.WARNING]
    if grave:
        raise CheckFailedError("; ".join(f"{message.msg} {message.hint or ''}".strip() for message in grave))
    return "for development" if settings.DEBUG else "for production"


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            raise CheckFailedError(f"{len(missing)} migrations are missing. Run manage.py migrate.")
        with transaction.atomic():
            ThrottleWindow.objects.create(key=uuid.uuid4().hex, opened_at=timezone.now(), count=0)
            transaction.set_rollback(True)
    except DatabaseError as error:
        raise CheckFailedError(f"{error}. Look at DATABASE_URL, and whether its disk is full or read-only.") from error
    return f"{connection.display_name}, migrated, can be written to"


def _storage() -> str:
    content = uuid.uuid4().bytes
    try:
        name = default_storage.save(f"photos/doctor-{uuid.uuid4()}", ContentFile(content))
        try:
            with default_storage.open(name, "rb") as file:
                if file.read() != content:
                    raise CheckFailedError(
                        f"{settings.MEDIA_ROOT} gives back other bytes than it was given. Replace the disk."
                    )
        finally:
            default_storage.delete(name)
    except (OSError, ClassifierError) as error:
        raise CheckFailedError(f"{error} Look at the rights and the room of {settings.MEDIA_ROOT}.") from error
    return f"{settings.MEDIA_ROOT} can be written to and read from"


def _disk() -> str:
    usage = shutil.disk_usage(settings.DATA_DIR if Path(settings.DATA_DIR).exists() else settings.BASE_DIR)
    free = f"{usage.free / 1024**3:.1f} GiB of {usage.total / 1024**3:.1f} are free"
    if usage.free < LOW_DISK_BYTES:
        raise CheckFailedError(f"{free}. Make room, or set DATA_DIR to a larger disk.")
    return free


def _model() -> str:
    try:
        version = versions.active()
        if version is None:
            raise CheckFailedError("No model serves. Run manage.py install_model resnet50 --activate.")
        versions.serve_active()
        start = time.perf_counter()
        instance.get().classify(Image.new("RGB", (320, 240), "gray"), top_k=1)
    except DatabaseError as error:
        raise CheckFailedError(f"{error}.") from error
    except ClassifierError as error:
        raise CheckFailedError(f"{error} Activate another: manage.py list_models.") from error
    return f"{version} answers in {(time.perf_counter() - start) * 1000:.1f} ms"


def _mail() -> str:
    if not settings.EMAIL_URL:
        return "no EMAIL_URL: passwords are not reset by mail" + (" but in this terminal" if settings.DEBUG else "")
    return f"by {settings.EMAIL_HOST}"


LOOKS: dict[str, Callable[[], str]] = {
    "settings": _settings,
    "database": _database,
    "storage": _storage,
    "disk": _disk,
    "model": _model,
    "mail": _mail,
}
