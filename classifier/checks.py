"""Start-up checks: settings that cannot work are named before anything is served."""

import os
from difflib import get_close_matches
from importlib.util import find_spec
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as CheckWarning
from django.core.checks import register as register_check

from classifier.conf import SETTINGS, Setting, conf


def register() -> None:
    for check in (check_values, check_combinations, check_names):
        register_check(check, "classifier")


def check_values(**_: Any) -> list[CheckMessage]:
    """Settings outside what their row of the table allows."""
    return [
        Error(f"{row.name} is {row.value!r}.", hint=row.problem(row.value), id="classifier.E001")
        for row in SETTINGS
        if row.problem(row.value)
    ]


def check_combinations(**_: Any) -> list[CheckMessage]:
    """Settings that are fine one by one and not together."""
    found: list[CheckMessage] = []
    if conf.engine == "keras" and find_spec("tensorflow") is None:
        found.append(
            Error(
                "CLASSIFIER_ENGINE is 'keras', but TensorFlow is not installed.",
                hint="Choose openvino, or pip install tensorflow.",
                id="classifier.E003",
            )
        )
    if conf.engine == "keras" and conf.precision == "bf16":
        found.append(
            CheckWarning(
                "CLASSIFIER_PRECISION is 'bf16', which the keras engine does not know; it computes in f32.",
                hint="Set CLASSIFIER_PRECISION=f32, or CLASSIFIER_ENGINE=openvino.",
                id="classifier.W001",
            )
        )
    return found


def check_names(**_: Any) -> list[CheckMessage]:
    """Names in the environment, to which `.env` is added, that look like a setting and are none."""
    known = {row.name for row in SETTINGS}
    unknown = sorted(name for name in os.environ if name.startswith(Setting.prefix) and name not in known)
    return [
        CheckWarning(f"{name} is no setting; it changes nothing.", hint=_hint(name, known), id="classifier.W003")
        for name in unknown
    ]


def _hint(name: str, known: set[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.9)
    return f"Did you mean {near[0]}?" if near else "Remove it; docs/settings.md lists the settings there are."
