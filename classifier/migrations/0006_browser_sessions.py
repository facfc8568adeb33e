"""Browser sessions get a table that names their user; those that are open stay open."""

import hashlib
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations, models

BATCH = 500


def take_over(apps, schema_editor):
    """Copies the sessions of people who are signed in, and deletes the old rows, whose keys are not hashed."""
    old, new = apps.get_model("sessions", "Session"), apps.get_model("classifier", "BrowserSession")
    users = {str(key): key for key in apps.get_model("auth", "User").objects.values_list("pk", flat=True)}
    batch = []
    for session in old.objects.filter(expire_date__gt=django.utils.timezone.now()).iterator(BATCH):
        user_id = users.get(SessionStore().decode(session.session_data).get("_auth_user_id"))
        if user_id is not None:
            batch.append(
                new(
                    session_key=hashlib.sha256(session.session_key.encode()).hexdigest(),
                    session_data=session.session_data,
                    expire_date=session.expire_date,
                    user_id=user_id,
                )
            )
    new.objects.bulk_create(batch, batch_size=BATCH)
    old.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("classifier", "0005_field_terms"),
        ("sessions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BrowserSession",
            fields=[
                ("session_key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("session_data", models.TextField()),
                ("expire_date", models.DateTimeField(db_index=True)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("device_name", models.CharField(blank=True, max_length=100)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("last_used_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
