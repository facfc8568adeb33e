"""The database remembers which folder its photos are in, and which files are still to be removed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("classifier", "0006_browser_sessions"),
    ]

    operations = [
        migrations.CreateModel(
            name="MediaFolder",
            fields=[
                (
                    "only",
                    models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "key",
                    models.UUIDField(
                        help_text="What the folder's marker says, too; none before they were paired.", null=True
                    ),
                ),
                (
                    "warning",
                    models.TextField(
                        blank=True, help_text="Why the last sweep left files without a row where they are."
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("only", 1)), name="one_media_folder")],
            },
        ),
        migrations.CreateModel(
            name="UnremovedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True)),
            ],
        ),
    ]
