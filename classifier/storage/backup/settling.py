"""Makes an unpacked database one that this version can serve, and compares it with what the backup says of itself."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Count, ForeignObjectRel, Sum

from classifier import __version__
from classifier.models import Prediction, StorageUse
from classifier.storage.backup.errors import BackupError
from classifier.storage.backup.manifest import Manifest
from classifier.storage.backup.unpacking import Unpacked
from classifier.storage.pages import batches, relations_to
from classifier.storage.schema import unknown_migrations

BATCH = 500


def settle(unpacked: Unpacked) -> None:
    """Works on the default connection. Raises BackupError when rows or files are not those that were backed up."""
    manifest = unpacked.manifest
    _check_version(manifest)
    if manifest.format == 1:
        _remove_dangling_rows()
    connection.check_constraints()
    call_command("migrate", verbosity=0)
    _compare(manifest, unpacked.media)
    with transaction.atomic():
        _remove(manifest.deleted, unpacked.media)
        _count_storage()


def _check_version(manifest: Manifest) -> None:
    if unknown := unknown_migrations(MigrationLoader(connection)):
        raise BackupError(
            f"It was made by version {manifest.version}, whose database version {__version__} does not know "
            f"({', '.join(unknown)}). Restore it with that version or a newer one."
        )


def _remove_dangling_rows() -> None:
    """Version 0.1.0 took the rows of deleted photos out of a backup, but not what belonged to them."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, parent, _ in cursor.fetchall():
            if parent == Prediction._meta.db_table:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)} WHERE rowid = %s", [row])  # noqa: S608


def _compare(manifest: Manifest, media: Path) -> None:
    count, without_photo = 0, 0
    for _, *names in Prediction.objects.order_by().values_list("pk", "image", "thumbnail").iterator():
        count += 1
        without_photo += not all((media / name).is_file() for name in names)
    files = sum(path.is_file() for path in media.rglob("*"))
    found, promised = [count, without_photo], [manifest.predictions, manifest.without_photo]
    if manifest.files is not None:
        found, promised = [*found, files], [*promised, manifest.files]
    if found != promised:
        raise BackupError(
            "It is damaged: predictions, those without a photo, and files are "
            f"{', '.join(map(str, found))}, and should be {', '.join(map(str, promised))}."
        )


def _remove(keys: Iterable[UUID], media: Path) -> None:
    """Past the signals of a deletion, which would look for the files where the server has its own."""
    for batch in batches(keys):
        rows = Prediction.objects.filter(pk__in=batch)
        for names in rows.values_list("image", "thumbnail"):
            for name in names:
                (media / name).unlink(missing_ok=True)
        for relation in _relations():
            relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": batch}).delete()
        rows._raw_delete(rows.db)


def _relations() -> Iterator[ForeignObjectRel]:
    """From whatever belongs to a prediction."""
    return (relation for relation in relations_to(Prediction) if relation.related_model is not Prediction)


def _count_storage() -> None:
    """What accounts hold, from what is there."""
    totals = Prediction.objects.order_by().values("owner_id").annotate(photos=Count("id"), total=Sum("byte_size"))
    StorageUse.objects.all().delete()
    StorageUse.objects.bulk_create(
        [
            StorageUse(owner_id=row["owner_id"], photos=row["photos"], byte_size=row["total"])
            for row in totals.iterator()
        ],
        batch_size=BATCH,
    )
