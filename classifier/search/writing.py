"""Keeps what is searched in step with predictions and with what was said of them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save

from classifier.models import Feedback, Prediction, SearchText, SearchWord
from classifier.search.text import labels_text, names_text, words_of

SEARCHED = {"label", "top", "answer_label", "filename"}
"""The fields of a prediction that are searched."""
ADD_TEXT = f"""
INSERT INTO {SearchText._meta.db_table} (prediction_id, owner, labels, names) VALUES (%s, %s, %s, %s)
"""  # noqa: S608  # the tables' names are ours
ADD_WORDS = f"INSERT INTO {SearchWord._meta.db_table} (word) VALUES {{}} ON CONFLICT DO NOTHING"  # noqa: S608


def connect() -> None:
    post_save.connect(follow_prediction, sender=Prediction, dispatch_uid="search_prediction")
    post_save.connect(follow_feedback, sender=Feedback, dispatch_uid="search_feedback")
    post_delete.connect(follow_withdrawal, sender=Feedback, dispatch_uid="search_withdrawal")


def follow_prediction(
    instance: Prediction, *, created: bool, update_fields: Iterable[str] | None = None, **_: Any
) -> None:
    """Receives each prediction that is saved."""
    if created:
        _add(instance)
    elif update_fields is None or SEARCHED.intersection(update_fields):
        renew([instance.pk])


def follow_feedback(instance: Feedback, **_: Any) -> None:
    """Receives what is said of a prediction; who stores much of it at once calls `renew`."""
    renew([instance.prediction_id])


def follow_withdrawal(instance: Feedback, origin: Any = None, **_: Any) -> None:
    """Receives what is taken back; where the prediction goes with it, nothing is left to search."""
    if not isinstance(origin, Prediction) and getattr(origin, "model", None) is not Prediction:
        renew([instance.prediction_id])


def renew(keys: Iterable[UUID]) -> None:
    """Reads again what is searched of these predictions; one that was never read is added."""
    rows = Prediction.objects.filter(pk__in=list(keys)).select_related("feedback").order_by("pk")
    with transaction.atomic():
        for row in rows.select_for_update(of=("self",)):
            labels = labels_text(row)
            _add_words(labels)
            names = names_text(row.filename, row.said.label if row.said else "")
            if not SearchText.objects.filter(prediction=row.pk).update(labels=labels, names=names):
                SearchText.objects.create(prediction=row, owner=row.owner_id, labels=labels, names=names)


def _add(prediction: Prediction) -> None:
    """In SQL, as in `quotas`: every upload passes here."""
    labels = labels_text(prediction)
    _add_words(labels)
    key = Prediction._meta.pk.get_db_prep_value(prediction.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(ADD_TEXT, [key, prediction.owner_id, labels, names_text(prediction.filename)])


def _add_words(labels: str) -> None:
    if words := words_of(labels):
        with connection.cursor() as cursor:
            cursor.execute(ADD_WORDS.format(", ".join(["(%s)"] * len(words))), words)
