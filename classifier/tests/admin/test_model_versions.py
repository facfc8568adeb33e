"""The models in the admin: listed, activated, kept."""

from django.test import Client
from django.urls import reverse

from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.admin.actions import act

MODELS = "admin:classifier_modelversion_changelist"


def test_a_model_is_activated(staff_client: Client, serving: ModelVersion, second: ModelVersion) -> None:
    page = act(staff_client, MODELS, "activate", second.pk).content.decode()

    assert f"Active model: {second}." in page
    assert versions.active() == second


def test_a_broken_model_is_not_activated_and_the_admin_says_why(
    staff_client: Client, serving: ModelVersion, second: ModelVersion
) -> None:
    (second.folder / "model.bin").write_bytes(b"not weights")

    page = act(staff_client, MODELS, "activate", second.pk).content.decode()

    assert "was altered" in page
    assert f"{serving} stays active" in page
    assert versions.active() == serving


def test_the_model_that_serves_is_marked_and_no_other(
    staff_client: Client, serving: ModelVersion, second: ModelVersion
) -> None:
    assert staff_client.get(reverse(MODELS)).content.decode().count("● active") == 1


def test_the_active_model_cannot_be_deleted(staff_client: Client, serving: ModelVersion) -> None:
    act(staff_client, MODELS, "delete_selected", serving.pk, post="yes")

    assert ModelVersion.objects.filter(pk=serving.pk).exists()
