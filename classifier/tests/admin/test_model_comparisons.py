"""Comparisons of models in the admin."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from classifier.model_registry import versions
from classifier.models import ModelComparison, ModelVersion
from classifier.predictions import model_comparison, services
from classifier.predictions.intake import Sender
from classifier.tests.admin.actions import act
from classifier.tests.examples import build_places_model, encoded, picture, upload

ADD, LIST = "admin:classifier_modelcomparison_add", "admin:classifier_modelcomparison_changelist"


@pytest.fixture
def confused(db: None, tmp_path: Path) -> ModelVersion:
    """A model that answers red whatever it sees."""
    return versions.register(build_places_model(tmp_path / "confused", name="confused", bias=100.0))


def test_two_models_are_chosen_and_compared_in_the_background(
    staff_client: Client, serving: ModelVersion, confused: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(model_comparison, "work_in_background", lambda: begun.append(True))
    chosen = act(staff_client, "admin:classifier_modelversion_changelist", "compare", serving.pk, confused.pk)
    form = {"old": serving.pk, "new": confused.pk, "photos": 20}

    staff_client.post(reverse(ADD), form)

    assert chosen.redirect_chain[-1][0] == f"{reverse(ADD)}?old={serving.pk}&new={confused.pk}"
    asked = ModelComparison.objects.get()
    assert (asked.old, asked.new, asked.photos, asked.state) == (serving, confused, 20, "queued")
    assert begun


def test_too_many_photos_are_refused(staff_client: Client, serving: ModelVersion) -> None:
    page = staff_client.post(reverse(ADD), {"old": serving.pk, "new": serving.pk, "photos": 1_000_000})

    assert "less than or equal to 20000" in page.content.decode()
    assert not ModelComparison.objects.exists()


def test_figures_and_flips_are_shown(
    staff_client: Client, serving: ModelVersion, confused: ModelVersion, user: User
) -> None:
    data = encoded(picture("blue"), "PNG")
    row = services.classify_upload(sender=Sender(user), upload=upload(data)).prediction
    done = model_comparison.run(model_comparison.request_comparison(serving, confused, photos=5))

    page = staff_client.get(reverse("admin:classifier_modelcomparison_change", args=[done.pk])).content.decode()

    assert "The best label is the same for 0 of 1 photos." in page
    assert reverse("prediction-thumbnail", args=[row.pk]) in page
    assert "blue (100%), then red (100%)" in page
    assert "0.0%" in staff_client.get(reverse(LIST)).content.decode()


def test_progress_is_shown_and_a_comparison_is_cancelled(staff_client: Client, serving: ModelVersion) -> None:
    row = ModelComparison.objects.create(old=serving, new=serving, photos=50, state="running", inferences=30)

    assert "30 of 100" in staff_client.get(reverse(LIST)).content.decode()
    told = act(staff_client, LIST, "cancel", row.pk).content.decode()

    row.refresh_from_db()
    assert row.state == "cancelled"
    assert "1 cancelled.<" in told
    assert "0 cancelled. The others had ended already." in act(staff_client, LIST, "cancel", row.pk).content.decode()
