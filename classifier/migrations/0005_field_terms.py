"""The models' names become the field's terms; the tables keep theirs, so that no row is touched."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("classifier", "0004_earlier_answers"),
    ]

    operations = [
        migrations.AlterModelTable(name="EarlierAnswer", table="classifier_earlieranswer"),
        migrations.RenameModel(old_name="EarlierAnswer", new_name="PreviousPrediction"),
        migrations.AlterField(
            model_name="previousprediction",
            name="model_version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="previous_predictions",
                to="classifier.modelversion",
            ),
        ),
        migrations.AlterField(
            model_name="previousprediction",
            name="prediction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="previous_predictions",
                to="classifier.prediction",
            ),
        ),
        migrations.AlterModelTable(name="WantedAnswer", table="classifier_wantedanswer"),
        migrations.RenameModel(old_name="WantedAnswer", new_name="ReclassificationJob"),
    ]
