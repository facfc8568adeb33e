"""How much each account holds, and the quota on it."""

from django.db import connection
from django.db.models import F

from classifier.conf import conf
from classifier.errors import QuotaExceededError
from classifier.models import Prediction, StorageUse

GROW = f"""
UPDATE {StorageUse._meta.db_table} SET photos = photos + 1, byte_size = byte_size + %s
WHERE owner_id = %s AND photos < %s AND byte_size <= %s
"""  # noqa: S608  # the table's name is ours


def add(prediction: Prediction) -> None:
    """Counts a photo; call it in the transaction that stores it. Raises QuotaExceededError."""
    if _grown(prediction):
        return
    StorageUse.objects.get_or_create(owner_id=prediction.owner_id)
    if not _grown(prediction):
        raise QuotaExceededError(photos=conf.max_photos_per_user, total_bytes=conf.max_bytes_per_user)


def remove(prediction: Prediction) -> None:
    """Forgets a photo; call it in the transaction that deletes it."""
    StorageUse.objects.filter(owner_id=prediction.owner_id, photos__gt=0, byte_size__gte=prediction.byte_size).update(
        photos=F("photos") - 1, byte_size=F("byte_size") - prediction.byte_size
    )


def _grown(prediction: Prediction) -> bool:
    """In SQL, as in `throttles`: every upload passes here."""
    size = prediction.byte_size
    most = conf.max_photos_per_user, conf.max_bytes_per_user - size
    with connection.cursor() as cursor:
        cursor.execute(GROW, [size, prediction.owner_id, *most])
        return bool(cursor.rowcount)
