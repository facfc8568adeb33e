"""Retraining from the admin."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from classifier.feedback.retraining import retrain
from classifier.model_registry import versions
from classifier.models import ModelVersion, Prediction, Retraining
from classifier.tests.feedback.lessons import say, teach
from classifier.tests.training.blocks import build_blocks_model

State = Retraining.State
LIST = "admin:classifier_retraining_changelist"


@pytest.fixture
def learner(db: None, tmp_path: Path) -> ModelVersion:
    version = versions.register(build_blocks_model(tmp_path / "own"))
    versions.activate(version)
    return version


@pytest.fixture
def judged(user: User, learner: ModelVersion) -> Retraining:
    """A run that found a better model, and a photo that is gone since."""
    teach(user, each=8)
    row = retrain(Retraining.objects.create())
    gone = next(flip["key"] for flip in row.figures["flips"])
    Prediction.objects.filter(pk=gone).delete()
    return row


def press(client: Client, step: str, row: Retraining | None = None) -> str:
    address = reverse(f"admin:classifier_retraining_{step}", args=[row.pk] if row else [])
    return str(client.post(address, follow=True).content.decode())


def test_a_button_starts_it_and_another_cancels_it(staff_client: Client, staff: User) -> None:
    assert "Retrain</button>" in staff_client.get(reverse(LIST)).content.decode()

    assert "It begins within seconds." in press(staff_client, "start")
    row = Retraining.objects.get()
    assert (row.by, row.state) == (staff, State.WAITING)
    assert "waiting or running already" in press(staff_client, "start")
    assert "It ends before its next photo." in press(staff_client, "cancel", row)
    assert Retraining.objects.get().state == State.CANCELLED


def test_what_it_was_judged_by_is_shown_with_photos(staff_client: Client, judged: Retraining) -> None:
    page = staff_client.get(reverse("admin:classifier_retraining_change", args=[judged.pk])).content.decode()

    assert "corrected photos" in page
    assert "New classes: cyan (8), yellow (8)." in page
    flips = judged.figures["flips"]
    assert page.count("classifier-thumbnail") >= len(flips) - 1
    assert f"/predictions/{flips[0]['key']}/thumbnail/" not in page


def test_one_click_makes_it_active_and_one_goes_back(
    staff_client: Client, judged: Retraining, learner: ModelVersion
) -> None:
    assert f"Active model: {judged.candidate}." in press(staff_client, "promote", judged)
    assert versions.active() == judged.candidate

    assert f"Active model: {learner}." in press(staff_client, "take-back", judged)
    assert versions.active() == learner


def test_a_candidate_that_was_held_against_another_model_is_not_promoted(
    staff_client: Client, judged: Retraining, second: ModelVersion
) -> None:
    versions.activate(second)

    assert "Retrain again." in press(staff_client, "promote", judged)
    assert versions.active() == second


@pytest.mark.parametrize("step", ["promote", "take-back"])
def test_what_was_refused_is_never_promoted(staff_client: Client, user: User, learner: ModelVersion, step: str) -> None:
    say(user, "yellow", 1)
    row = retrain(Retraining.objects.create())

    press(staff_client, step, row)

    assert versions.active() == learner
    assert Retraining.objects.get().state == State.TOO_FEW


def test_it_is_for_those_who_may_activate_models(client: Client, user: User, judged: Retraining) -> None:
    user.is_staff = True
    user.save()
    user.user_permissions.add(Permission.objects.get(codename="view_retraining"))
    client.force_login(user)

    assert "Retrain</button>" not in client.get(reverse(LIST)).content.decode()
    statuses = [
        client.post(reverse("admin:classifier_retraining_start")).status_code,
        client.post(reverse("admin:classifier_retraining_promote", args=[judged.pk])).status_code,
    ]
    assert statuses == [403, 403]
    assert not Retraining.objects.filter(state=State.WAITING).exists()


def test_nothing_is_changed_by_looking(staff_client: Client, judged: Retraining) -> None:
    response = staff_client.get(reverse("admin:classifier_retraining_promote", args=[judged.pk]))

    assert response.status_code == 405
