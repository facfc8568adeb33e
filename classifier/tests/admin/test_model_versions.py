"""The models on the operator's desk: listed, activated, kept."""

from typing import Any

from django.test import Client
from django.urls import reverse

from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.examples import build_colour_model

MODELS = "admin:classifier_modelversion_changelist"


def act(desk: Client, action: str, *versions: ModelVersion, **more: str) -> str:
    data = {"action": action, "_selected_action": [v.pk for v in versions], **more}
    return desk.post(reverse(MODELS), data, follow=True).content.decode()


def test_a_model_is_activated(desk: Client, serving: ModelVersion, tmp_path: Any) -> None:
    second = versions.register(build_colour_model(tmp_path, name="second", gain=3.0))

    page = act(desk, "activate", second)

    assert f"Serving now: {second}." in page
    assert versions.active() == second


def test_a_broken_model_is_not_activated_and_the_desk_says_why(
    desk: Client, serving: ModelVersion, tmp_path: Any
) -> None:
    second = versions.register(build_colour_model(tmp_path, name="second", gain=3.0))
    (second.folder / "model.bin").write_bytes(b"not weights")

    page = act(desk, "activate", second)

    assert "was altered" in page
    assert f"{serving} goes on serving" in page
    assert versions.active() == serving


def test_the_model_that_serves_is_marked_and_no_other(desk: Client, serving: ModelVersion, tmp_path: Any) -> None:
    versions.register(build_colour_model(tmp_path, name="second", gain=3.0))

    assert desk.get(reverse(MODELS)).content.decode().count("● now") == 1


def test_the_active_model_cannot_be_deleted(desk: Client, serving: ModelVersion) -> None:
    act(desk, "delete_selected", serving, post="yes")

    assert ModelVersion.objects.filter(pk=serving.pk).exists()
