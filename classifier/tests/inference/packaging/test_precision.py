"""What bf16 costs is measured on the machine that will serve."""

from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from classifier.inference.packaging import precision
from classifier.inference.packaging.precision import compare_bf16
from classifier.inference.packaging.probes import parity_of
from classifier.models import ModelVersion
from classifier.tests.examples import build_colour_model, upload


def test_bf16_is_near_f32_on_probe_images(lite0: Path) -> None:
    parity = compare_bf16(lite0)

    assert parity.probes == 64
    assert parity.top_1_agreement >= 0.8
    assert (0 < parity.max_difference < 0.2) == precision.is_bf16_known()


def test_one_sigmoid_agrees_when_it_is_on_the_same_side() -> None:
    scores, reference = np.array([[0.4], [0.6]], np.float32), np.array([[0.6], [0.7]], np.float32)

    assert parity_of(scores, reference).top_1_agreement == 0.5


@pytest.mark.parametrize(("stored", "on"), [(False, "64 probe images"), (True, "1 stored photos")])
def test_installing_tells_what_bf16_would_cost(
    api_client: APIClient,
    serving: ModelVersion,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    stored: bool,
    on: str,
) -> None:
    monkeypatch.setattr(precision, "is_bf16_known", lambda: True)
    if stored:
        api_client.post("/api/v1/predictions/", {"image": upload()}, format="multipart")

    call_command("install_model", str(build_colour_model(tmp_path, name="colours_again")))

    assert f"In bf16, on {on}" in capsys.readouterr().out
