"""What is searched of the predictions from before; a few hundred at a time, and others write between two of them."""

from typing import Any

from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from classifier.search.text import labels_text, names_text, words_of

BATCH = 500


def fill(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """What is there already, of a try that was stopped, stays."""
    predictions = apps.get_model("classifier", "Prediction").objects.order_by("pk")
    last = None
    while True:
        with transaction.atomic(using=editor.connection.alias):
            rows = predictions if last is None else predictions.filter(pk__gt=last)
            batch = list(rows.select_for_update().defer("sha256")[:BATCH])
            if not batch:
                return
            last = batch[-1].pk
            _add(apps, batch)


def _add(apps: Any, batch: list[Any]) -> None:
    feedback, text, word = (apps.get_model("classifier", name) for name in ("Feedback", "SearchText", "SearchWord"))
    named = dict(feedback.objects.filter(prediction__in=batch).values_list("prediction", "label"))
    texts = [
        text(
            prediction=row,
            owner=row.owner_id,
            labels=labels_text(row),
            names=names_text(row.filename, named.get(row.pk)),
        )
        for row in batch
    ]
    words = words_of(" ".join(one.labels for one in texts))
    word.objects.bulk_create([word(word=one) for one in words], ignore_conflicts=True)
    text.objects.bulk_create(texts, ignore_conflicts=True)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("classifier", "0018_search")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
