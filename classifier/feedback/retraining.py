"""Retraining: from feedback to a candidate that is judged, and to a row that says what happened."""

import logging
import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from classifier.conf import conf
from classifier.errors import ClassifierError
from classifier.feedback import gate, promotion
from classifier.feedback.candidates import (
    Classes,
    Material,
    Served,
    answers_on,
    check_reference,
    cross_validated,
    near_classes,
    old_photos,
    prepare,
)
from classifier.feedback.dataset import named
from classifier.feedback.gathering import gather, gather_reference, hash_of, reference_folder
from classifier.inference.packaging.export import Description, install_network
from classifier.inference.packaging.folders import read_model_labels
from classifier.inference.packaging.frozen import FrozenNetwork, LastLayer
from classifier.inference.types import Label
from classifier.model_registry import versions
from classifier.models import Feedback, ModelVersion, Retraining
from classifier.storage.locks import held
from classifier.training.dataset import find_photos
from classifier.training.judging import compare
from classifier.training.new_classes import fit_layer

LOCK = "retraining"
REPORTED_EVERY_S = 1.0
State = Retraining.State
logger = logging.getLogger(__name__)


class RetrainingError(ClassifierError):
    """A run that cannot be: its text says why, and what to do."""


class CancelledError(RetrainingError):
    """Somebody asked for the end of the run."""

    detail = "Cancelled. Nothing was changed."


class Run:
    """One run, whose row is kept up to date."""

    def __init__(self, row: Retraining, *, on_progress: Callable[[int, int], None] = lambda *_: None) -> None:
        self._row, self._on_progress = row, on_progress
        self._told_at = 0.0

    def check(self) -> None:
        """Raises CancelledError when that was asked for."""
        if Retraining.objects.filter(pk=self._row.pk, cancel_requested=True).exists():
            raise CancelledError

    def expect(self, total: int) -> None:
        self._row.total = total
        self._save("total")

    def on_photo(self, count: int) -> None:
        self._row.done += count
        self._on_progress(self._row.done, self._row.total)
        if time.monotonic() - self._told_at > REPORTED_EVERY_S:
            self._told_at = time.monotonic()
            self._save("done")
            self.check()

    def _save(self, *fields: str) -> None:
        self._row.save(update_fields=fields)


def retrain(
    row: Retraining, *, is_dry: bool = False, on_progress: Callable[[int, int], None] = lambda *_: None
) -> Retraining:
    """Carries out a run, whatever comes of it is in its row; one at a time on a whole server.

    Raises what nobody expects; that is in the row, too.
    """
    with held(LOCK) as is_held:
        if not is_held:
            _end(row, State.FAILED, "Another retraining is running. Try again when it has ended.")
            return row
        row.state, row.started_at = State.RUNNING, timezone.now()
        row.save(update_fields=["state", "started_at"])
        try:
            _carry_out(row, Run(row, on_progress=on_progress), is_dry=is_dry)
        except CancelledError as error:
            _end(row, State.CANCELLED, str(error))
        except ClassifierError as error:
            _end(row, State.FAILED, str(error))
        except BaseException as error:
            _end(row, State.FAILED, f"It failed: {type(error).__name__}. The server's log says more.")
            raise
    return row


def _carry_out(row: Retraining, run: Run, *, is_dry: bool) -> None:
    active = versions.active()
    if active is None:
        raise RetrainingError("No model is active: there is nothing to learn beside. Activate one first.")
    if conf.engine == "keras":
        raise RetrainingError("CLASSIFIER_ENGINE=keras cannot serve what is retrained. Set it to openvino.")
    if find_spec("sklearn") is None:
        raise RetrainingError("scikit-learn is not installed: pip install --require-hashes -r requirements.lock")
    row.before, row.root = active, _root_of(active)
    root = Classes(read_model_labels(row.root.folder))
    corrections = _corrections(root)
    if missing := gate.too_few(corrections):
        _end(row, State.TOO_FEW, f"Corrections so far: {corrections}. {missing}")
        return
    network = FrozenNetwork(row.root.folder)
    reference_photos = len(find_photos(reference_folder()).paths) if reference_folder().is_dir() else 0
    run.expect(named().count() + reference_photos)
    examples = gather(network, on_photo=run.on_photo)
    if not examples:
        raise RetrainingError("None of the corrected photos can be read.")
    reference = gather_reference(network, on_photo=run.on_photo)
    row.data_hash = hash_of(examples)
    served = _served(active, network)
    material = prepare(root, network.layer, served, examples)
    if reference:
        check_reference(reference, material, served)
    if not material.new and not material.corrected:
        _end(row, State.TOO_FEW, " ".join(["No new class has photos of two scenes.", *gate.wanted_of(material)]))
        return
    judged, part_of, answers = cross_validated(material, served, check=run.check)
    layer = fit_layer(material.old, material.photos, new=material.new, corrected=material.corrected)
    of_reference = answers_on(reference, material, layer, served) if reference else None
    decision = gate.decide(
        material,
        judged,
        answers,
        near=near_classes(material),
        reference=compare(of_reference.was_right, of_reference.is_right) if of_reference else None,
        old_reference=old_photos(reference, material) if reference else 0,
    )
    run.check()
    row.split = {"seed": 0, "parts": {e.key: int(part) for e, part in zip(material.examples, part_of, strict=True)}}
    row.figures = {**decision.figures, "outcomes": _outcomes(material, judged, answers.is_right)}
    if decision.state == State.READY and not is_dry:
        row.candidate = _install(row.root, network, material, layer)
    _end(row, decision.state, decision.message)
    if row.promote and row.candidate is not None:
        _promote(row)


def _promote(row: Retraining) -> None:
    """A candidate that cannot be loaded stays ready, with the reason in its row."""
    try:
        promotion.promote(row)
    except ClassifierError as error:
        _end(row, State.READY, f"{row.message} It could not be promoted: {error}")


def _corrections(root: Classes) -> int:
    """How many photos were answered wrongly, or show a class that is new to the root."""
    rows = named().values_list("verdict", "wnid", "label")
    return sum(
        verdict == Feedback.Verdict.WRONG or root.number_of(Label(wnid, label)) is None for verdict, wnid, label in rows
    )


def _root_of(active: ModelVersion) -> ModelVersion:
    """The model whose network a candidate was built on: the next is built on it, too, with all that was said since."""
    made_by = Retraining.objects.filter(candidate=active, root__isnull=False).select_related("root").first()
    return made_by.root if made_by and made_by.root else active


def _served(active: ModelVersion, network: FrozenNetwork) -> Served:
    made_by = Retraining.objects.filter(candidate=active).first()
    layer = FrozenNetwork(active.folder).layer
    if layer.weights.shape[0] != network.layer.weights.shape[0]:
        raise RetrainingError(f"{active} has another network than the one that it was built on. Activate that first.")
    outcomes = made_by.figures.get("outcomes", {}) if made_by else {}
    return Served(Classes(read_model_labels(active.folder)), layer, outcomes)


def _outcomes(material: Material, judged: NDArray[np.int64], is_right: NDArray[np.bool_]) -> dict[str, bool | None]:
    """For the next run: photos that were trained on are no fair test of this candidate, but this is."""
    outcomes: dict[str, bool | None] = {example.key: None for example in material.examples}
    for index, right in zip(judged, is_right, strict=True):
        outcomes[material.examples[index].key] = bool(right)
    return outcomes


def _install(root: ModelVersion, network: FrozenNetwork, material: Material, layer: LastLayer) -> ModelVersion:
    folder = install_network(
        network.with_layer(layer),
        models_dir=conf.models_dir,
        preprocessing=network.manifest.preprocessing,
        labels=material.classes.labels,
        description=Description(
            name=f"{root.name[:90]}_learned",
            architecture=network.manifest.architecture,
            weights_sha256=network.manifest.weights_sha256,
            license=network.manifest.license,
        ),
    )
    return versions.register(folder)


def _end(row: Retraining, state: str, message: str) -> None:
    row.state, row.message, row.finished_at = state, message, timezone.now()
    row.save()
