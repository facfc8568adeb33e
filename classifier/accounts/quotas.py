"""How much each account holds, and the quota on it."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

from classifier.conf import conf
from classifier.errors import AccountGoneError, QuotaExceededError
from classifier.models import AccountDeletion, Prediction, StorageUse

GROW = f"""
UPDATE {StorageUse._meta.db_table} SET photos = photos + 1, byte_size = byte_size + %s
WHERE owner_id = %s AND photos < %s AND byte_size <= %s
AND NOT EXISTS (SELECT 1 FROM {AccountDeletion._meta.db_table} WHERE user_id = owner_id)
"""  # noqa: S608  # the tables' names are ours


def add(prediction: Prediction) -> None:
    """Counts a photo; call it in the transaction that stores it. Raises QuotaExceededError, AccountGoneError."""
    if _grown(prediction):
        return
    if AccountDeletion.objects.filter(pk=prediction.owner_id).exists():
        raise AccountGoneError
    StorageUse.objects.get_or_create(owner_id=prediction.owner_id)
    if not _grown(prediction):
        raise QuotaExceededError(photos=conf.max_photos_per_user, total_bytes=conf.max_bytes_per_user)


def remove(predictions: Iterable[Prediction]) -> None:
    """Forgets photos; call it in the transaction that deletes them."""
    photos, byte_size = Counter[int](), Counter[int]()
    for prediction in predictions:
        photos[prediction.owner_id] += 1
        byte_size[prediction.owner_id] += prediction.byte_size
    for owner, count in photos.items():
        StorageUse.objects.filter(owner_id=owner).update(
            photos=Greatest(F("photos") - count, 0), byte_size=Greatest(F("byte_size") - byte_size[owner], 0)
        )


def _grown(prediction: Prediction) -> bool:
    """In SQL, as in `throttles`: every upload passes here."""
    size = prediction.byte_size
    most = conf.max_photos_per_user, conf.max_bytes_per_user - size
    with connection.cursor() as cursor:
        cursor.execute(GROW, [size, prediction.owner_id, *most])
        return bool(cursor.rowcount)
