"""`manage.py prepare_model`: a fresh server gets the best model that can be had."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from classifier.inference.engines.tensorflow_installed import require_tensorflow
from classifier.inference.errors import ModelError, ToolsMissingError, WeightsUnavailableError
from classifier.inference.packaging.catalog import get_architecture
from classifier.inference.packaging.pretrained import ensure_reachable
from classifier.model_registry import versions
from classifier.models import ModelVersion

BEST, BY_PIP = "resnet50", "efficientnet_lite0"
LATER = f"manage.py install_model {BEST} --activate"
NO_MODEL = f"""There is no model yet. Get one:
  with the network: {LATER}
  with a file of its weights: {LATER} --weights FILE
  with Keras' cache: KERAS_HOME=FOLDER manage.py install_model NAME --activate"""


class Command(BaseCommand):
    help = (
        "Makes sure that a model is active: ResNet-50; where its weights cannot be had, EfficientNet-Lite0, whose "
        "weights are a package; else one that is installed already."
    )

    def handle(self, **options: Any) -> None:
        if version := versions.active():
            self.stdout.write(f"Model: {version}")
            return
        try:
            require_tensorflow()
        except ToolsMissingError as error:
            if not self._activate_installed():
                self.stdout.write(f"There is no model yet. {error}")
            return
        if why := self._try_best():
            self.stdout.write(f"{why}; EfficientNet-Lite0 is to serve. Later: {LATER}")
            if not self._try(BY_PIP) and not self._activate_installed():
                self.stdout.write(NO_MODEL)

    def _try_best(self) -> str:
        """Why ResNet-50 does not serve; empty if it does."""
        try:
            ensure_reachable(get_architecture(BEST))
            call_command("install_model", BEST, activate=True, for_phones=False, stdout=self.stdout)
        except WeightsUnavailableError:
            return "ResNet-50's weights cannot be reached from here"
        except CommandError as error:
            return f"ResNet-50 could not be installed ({error})"
        return ""

    def _try(self, name: str) -> bool:
        try:
            call_command("install_model", name, activate=True, for_phones=False, stdout=self.stdout)
        except CommandError as error:
            self.stdout.write(f"{name} could not be installed: {error}")
            return False
        return True

    def _activate_installed(self) -> bool:
        for version in ModelVersion.objects.order_by("-created_at"):
            try:
                versions.activate(version)
            except ModelError as error:
                self.stdout.write(f"{version} cannot serve: {error}")
            else:
                self.stdout.write(f"{version}, which was installed before, serves now.")
                return True
        return False
