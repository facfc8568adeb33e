"""`manage.py install_model`: makes a model ready to serve."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, get_args

from django.core.management.base import BaseCommand, CommandError
from PIL import Image

from classifier.conf import conf
from classifier.errors import ClassifierError
from classifier.inference.packaging import precision
from classifier.inference.packaging.install import CUSTOM, MODEL_SUFFIXES, Choices, install
from classifier.inference.packaging.manifests import MANIFEST
from classifier.inference.packaging.meaning import AskedOutput
from classifier.inference.types import Resize, Scaling
from classifier.management.commands import prepare_for_phones
from classifier.model_registry import versions
from classifier.models import ModelVersion, Prediction
from classifier.predictions.intake import decode_within_limits

COMPARED_PHOTOS = 64
"""How many stored photos the precisions are compared on."""
SHORTER_SIDE_PX = 512


class Command(BaseCommand):
    help = (
        "Installs a model: an architecture by name (resnet50, efficientnet_lite0, mobilenet_v2, …), your own file "
        "(.keras or .h5 of Keras 2 or 3, Teachable Machine's export, .onnx), or a model folder. Safe to run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", metavar="NAME_OR_FILE")
        parser.add_argument(
            "--labels", type=Path, metavar="FILE", help="class names: text, CSV or JSON, in output order"
        )
        parser.add_argument("--weights", type=Path, metavar="FILE", help="weights of the named architecture")
        parser.add_argument("--activate", action="store_true", help="serve it, here and in a running server")
        parser.add_argument("--name", default="", help="the model's name, if not the architecture's or the file's")
        parser.add_argument("--input-size", type=int, metavar="PX", help="for your own file that takes any size")
        parser.add_argument("--resize", choices=get_args(Resize), help="for your own file; crop by default")
        parser.add_argument(
            "--scaling",
            choices=get_args(Scaling),
            help="the pixels your own file's network takes: none (the default) is 0..255, unit is 0..1, tf is -1..1, "
            "torch is what torchvision's networks take, tf_lite is (x - 127) / 128",
        )
        parser.add_argument(
            "--output",
            choices=get_args(AskedOutput),
            help="what your own file's network gives; by default this is read from what it answers to probe images",
        )
        parser.add_argument(
            "--not-for-phones",
            action="store_false",
            dest="for_phones",
            help="leave out the form that phones run; prepare_for_phones makes it later",
        )

    def handle(self, **options: Any) -> None:
        _refuse_unused_options(options)
        choices = Choices(
            name=options["name"],
            labels=options["labels"],
            weights=options["weights"],
            input_px=options["input_size"],
            resize=options["resize"],
            scaling=options["scaling"],
            output=options["output"],
        )
        try:
            version = versions.register(install(options["reference"], models_dir=conf.models_dir, choices=choices))
            if options["activate"]:
                versions.activate(version)
        except (ClassifierError, OSError) as error:
            raise CommandError(str(error)) from error
        self._print_summary(version)
        if options["for_phones"]:
            self.stdout.write(prepare_for_phones.prepare(version))

    def _print_summary(self, version: ModelVersion) -> None:
        manifest = version.manifest
        self.stdout.write(self.style.SUCCESS(f"Installed {version} with {manifest['classes']} classes."))
        if parity := manifest["parity"]:
            self.stdout.write(
                f"Beside the network itself, on {parity['probes']} probe images: probabilities differ by at most "
                f"{parity['max_difference']:.1e}, top-1 agrees on {parity['top_1_agreement']:.0%}."
            )
        if manifest["architecture"] == CUSTOM:
            self._print_reading(manifest)
        if precision.is_bf16_known():
            self._print_bf16_parity(version)
        activate = f"To serve it: manage.py activate_model {version}"
        self.stdout.write(f"{version} is active." if version.is_active else activate)

    def _print_reading(self, manifest: dict[str, Any]) -> None:
        """How the file was understood, for its owner to compare with how the network was trained."""
        how = manifest["preprocessing"]
        self.stdout.write(
            f"It gets photos of {how['width_px']} x {how['height_px']} pixels: --resize {how['resize']} "
            f"--scaling {how['scaling']}. If it was trained otherwise, install it again with that."
        )
        if manifest["activation"] != "none":
            self.stdout.write(
                f"Its outputs are logits, so a {manifest['activation']} was added. If they are not: --output."
            )

    def _print_bf16_parity(self, version: ModelVersion) -> None:
        """How often the best label stays the same is told of photos alone: made pictures rarely have a clear one."""
        images = list(islice(_stored_images(), COMPARED_PHOTOS))
        parity = precision.compare_bf16(version.folder, images)
        differ = f"probabilities differ by at most {parity.max_difference:.1e}"
        if images:
            said = f"on {parity.probes} stored photos: {differ}, top-1 agrees on {parity.top_1_agreement:.1%}"
        else:
            said = f"on {parity.probes} probe images: {differ}; how often top-1 agrees shows on photos"
        self.stdout.write(f"In bf16, {said}. To serve faster in bf16: CLASSIFIER_PRECISION=bf16.")


def _stored_images() -> Iterator[Image.Image]:
    """The latest photos, smaller; the lost ones are left out."""
    for prediction in Prediction.objects.order_by("-created_at")[: 2 * COMPARED_PHOTOS]:
        with suppress(OSError, ClassifierError), prediction.image.open("rb") as file:
            yield decode_within_limits(file.read(), shorter_side_px=SHORTER_SIDE_PX).image


def _refuse_unused_options(options: dict[str, Any]) -> None:
    """Raises CommandError for an option that would change nothing, so that nobody believes it did."""
    path = Path(options["reference"])
    if (path / MANIFEST).is_file():
        kind, unused = "a model folder", ["labels", "weights", "name", "input_size", "resize", "scaling", "output"]
    elif path.suffix.lower() in MODEL_SUFFIXES:
        kind, unused = "a file with a whole network", ["weights"]
    elif path.exists():
        return  # `install` says what it is
    else:
        kind, unused = "a named architecture", ["input_size", "resize", "scaling", "output"]
    for option in unused:
        if options[option]:
            raise CommandError(
                f"--{option.replace('_', '-')} cannot be used with {kind}: it is known there. Leave it out."
            )
