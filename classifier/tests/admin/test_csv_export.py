"""Predictions as a table for other programs."""

import csv
import io

from django.contrib.auth.models import User
from django.test import Client

from classifier.accounts import export_files
from classifier.models import ModelVersion
from classifier.tests.admin.actions import act
from classifier.tests.rows import make_prediction

LIST = "admin:classifier_prediction_changelist"


def test_predictions_are_exported_as_a_table(staff_client: Client, user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, "red_fox", probability=0.5, answer_kind="unsure", answer_label="")
    make_prediction(user, serving, "not chosen")

    response = act(staff_client, LIST, "export_csv", row.pk)

    assert response.streaming
    table = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert [(line["id"], line["owner"], line["label"], line["probability"]) for line in table] == [
        (str(row.pk), "ada", "red_fox", "0.5")
    ]
    assert (table[0]["answer"], table[0]["answer_in_words"]) == ("unsure", "Not sure: perhaps a red fox (50 %)")
    assert table[0]["model"] == str(serving)


def test_no_cell_of_the_table_is_taken_for_a_formula(staff_client: Client, user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, '=HYPERLINK("http://example.org")')

    body = b"".join(act(staff_client, LIST, "export_csv", row.pk).streaming_content).decode()

    assert "'=HYPERLINK" in body


def test_while_another_export_is_made_the_list_says_so(
    staff_client: Client, staff: User, user: User, serving: ModelVersion
) -> None:
    row = make_prediction(user, serving, "tench")
    export_files.places.take(staff.pk, 1)
    try:
        page = act(staff_client, LIST, "export_csv", row.pk).content.decode()
    finally:
        export_files.places.leave(staff.pk)

    assert "Another export of this account" in page
