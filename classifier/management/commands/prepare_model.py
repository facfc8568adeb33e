"""`manage.py prepare_model`: a fresh server gets the best model that can be had."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from classifier.conf import conf
from classifier.errors import WeightsUnavailableError
from classifier.inference.packaging.catalog import get_architecture
from classifier.inference.packaging.manifests import MANIFEST
from classifier.inference.packaging.pretrained import ensure_reachable
from classifier.model_registry import versions

DEFAULT = "resnet50"
STARTER = Path(__file__).resolve().parents[2] / "starter" / "model"


class Command(BaseCommand):
    help = "Installs ResNet-50 if no model is active yet; where its weights cannot be reached, the starter model."

    def handle(self, **options: Any) -> None:
        if version := versions.active():
            self.stdout.write(f"Model: {version}")
            return
        try:
            ensure_reachable(get_architecture(DEFAULT), timeout_s=conf.weights_timeout_s)
        except WeightsUnavailableError:
            self._fall_back("ResNet-50's weights cannot be reached from here")
            return
        try:
            call_command("install_model", DEFAULT, activate=True, stdout=self.stdout)
        except CommandError as error:
            self._fall_back(f"ResNet-50 could not be installed ({error})")

    def _fall_back(self, why: str) -> None:
        later = f"manage.py install_model {DEFAULT} --activate"
        if (STARTER / MANIFEST).is_file():
            self.stdout.write(f"{why}; serving the starter model. Later: {later}")
            call_command("install_model", str(STARTER), activate=True, stdout=self.stdout)
            return
        self.stdout.write(
            f"{why}, so there is no model yet. With a weights file: {later} --weights FILE\n"
            "With a Keras cache: KERAS_HOME=FOLDER manage.py install_model NAME --activate"
        )
