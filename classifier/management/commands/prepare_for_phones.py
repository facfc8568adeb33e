"""`manage.py prepare_for_phones`: the active model's form for phones, where it was left out to serve sooner."""

from typing import Any

from django.core.management.base import BaseCommand

from classifier.inference.packaging import on_device
from classifier.model_registry import versions
from classifier.models import ModelVersion


class Command(BaseCommand):
    help = "Makes the form of the active model that phones run, if it is not there. install_model does it, too."

    def handle(self, **_: Any) -> None:
        version = versions.active()
        self.stdout.write(prepare(version) if version else "No model is active.")


def prepare(version: ModelVersion) -> str:
    """Makes what phones run, where the network allows it, and says what came of it; without it, all else works."""
    try:
        made = on_device.make(version.folder)
    except Exception as error:  # the converter may fail in any way on somebody else's network
        reason = next(iter(str(error).splitlines()), repr(error))
        return f"There is no form of it for phones: {reason}"
    if made is None:
        return "There is no form of it for phones: that needs a network of Keras 3."
    return (
        f"For phones, in {made.precision}: {made.bytes / 1e6:.1f} MB; on {made.probes} generated pictures "
        f"top-1 agrees on {made.top_1_agreement:.1%}, probabilities differ by at most {made.max_difference:.1e}."
    )
