"""Answers confirmed and corrected in the admin."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from classifier.admin import feedback
from classifier.admin.dashboard import figures
from classifier.models import Feedback, ModelVersion, Prediction
from classifier.tests.admin.actions import act
from classifier.tests.rows import make_prediction

LIST = "admin:classifier_prediction_changelist"


@pytest.fixture
def rows(user: User, serving: ModelVersion) -> list[Prediction]:
    return [make_prediction(user, serving, label, probability=0.3 + n / 10) for n, label in enumerate(["red", "blue"])]


def said() -> dict[str, tuple[str, str]]:
    return {row.prediction.label: (row.verdict, row.label) for row in Feedback.objects.all()}


def test_many_are_confirmed_corrected_and_taken_back(staff_client: Client, rows: list[Prediction]) -> None:
    keys = [row.pk for row in rows]

    act(staff_client, LIST, "confirm", *keys)
    assert said() == {"red": ("right", "red"), "blue": ("right", "blue")}
    act(staff_client, LIST, "correct", *keys, label=" Blue ")
    assert said() == {"red": ("wrong", "blue"), "blue": ("right", "blue")}
    act(staff_client, LIST, "reject", keys[0])
    assert said()["red"] == ("wrong", "")
    page = act(staff_client, LIST, "withdraw", *keys).content.decode()
    assert said() == {}
    assert "what was said of 2 predictions" in page


@pytest.mark.parametrize(("label", "problem"), [("", "Type what the photos show"), ("n123", "no class with this wnid")])
def test_a_label_that_is_none_is_told(staff_client: Client, rows: list[Prediction], label: str, problem: str) -> None:
    page = act(staff_client, LIST, "correct", rows[0].pk, label=label).content.decode()

    assert problem in page
    assert said() == {}


def test_no_more_at_a_time_than_somebody_waits_for(
    staff_client: Client, rows: list[Prediction], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback, "MOST", 1)

    page = act(staff_client, LIST, "confirm", *(row.pk for row in rows)).content.decode()

    assert "At most 1 at a time" in page
    assert said() == {}


def test_who_may_only_look_corrects_nothing(client: Client, user: User, rows: list[Prediction]) -> None:
    user.is_staff = True
    user.save()
    user.user_permissions.add(Permission.objects.get(codename="view_prediction"))
    client.force_login(user)

    act(client, LIST, "confirm", rows[0].pk)

    assert said() == {}


@pytest.mark.parametrize(("query", "found"), [("none", ["blue"]), ("wrong", ["red"]), ("right", [])])
def test_the_list_is_filtered_by_it(staff_client: Client, rows: list[Prediction], query: str, found: list[str]) -> None:
    act(staff_client, LIST, "reject", rows[0].pk)

    shown = staff_client.get(reverse(LIST), {"feedback": query, "o": "3"}).context["cl"].result_list

    assert [row.label for row in shown] == found


def test_the_table_and_the_dashboard_have_it(staff_client: Client, rows: list[Prediction]) -> None:
    act(staff_client, LIST, "correct", rows[0].pk, label="lime")

    response = act(staff_client, LIST, "export_csv", rows[0].pk)

    line = next(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert (line["feedback"], line["feedback_label"], line["feedback_wnid"]) == ("wrong", "lime", "")
    assert figures(days=7, now=datetime.now(UTC))["feedback"] == {"right": 0, "wrong": 1, "none": 1}
    page = staff_client.get(reverse("admin:classifier_dashboard")).content.decode()
    assert "feedback=none&amp;o=3" in page
