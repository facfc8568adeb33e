"""The models in the admin: listed, activated, kept."""

from typing import Any

from django.test import Client
from django.urls import reverse

from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.examples import build_colour_model

MODELS = "admin:classifier_modelversion_changelist"


def act(staff_client: Client, action: str, *versions: ModelVersion, **more: str) -> str:
    data = {"action": action, "_selected_action": [v.pk for v in versions], **more}
    return staff_client.post(reverse(MODELS), data, follow=True).content.decode()


def test_a_model_is_activated(staff_client: Client, serving: ModelVersion, tmp_path: Any) -> None:
    second = versions.register(build_colour_model(tmp_path, name="second", gain=3.0))

    page = act(staff_client, "activate", second)

    assert f"Active model: {second}." in page
    assert versions.active() == second


def test_a_broken_model_is_not_activated_and_the_admin_says_why(
    staff_client: Client, serving: ModelVersion, tmp_path: Any
) -> None:
    second = versions.register(build_colour_model(tmp_path, name="second", gain=3.0))
    (second.folder / "model.bin").write_bytes(b"not weights")

    page = act(staff_client, "activate", second)

    assert "was altered" in page
    assert f"{serving} stays active" in page
    assert versions.active() == serving


def test_the_model_that_serves_is_marked_and_no_other(
    staff_client: Client, serving: ModelVersion, tmp_path: Any
) -> None:
    versions.register(build_colour_model(tmp_path, name="second", gain=3.0))

    assert staff_client.get(reverse(MODELS)).content.decode().count("● active") == 1


def test_the_active_model_cannot_be_deleted(staff_client: Client, serving: ModelVersion) -> None:
    act(staff_client, "delete_selected", serving, post="yes")

    assert ModelVersion.objects.filter(pk=serving.pk).exists()
