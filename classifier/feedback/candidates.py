"""A candidate: the classes that it knows, the layer that tells them apart, and what was right of photos held out."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.feedback.dataset import key_of
from classifier.feedback.gathering import Example, Reference
from classifier.inference.labels.names import spelt
from classifier.inference.packaging.frozen import LastLayer
from classifier.inference.types import Label
from classifier.process.cores import in_threads
from classifier.training.dataset import DataSetError, Fold
from classifier.training.judging import scenes, split
from classifier.training.new_classes import Photos, fit_layer

LEAST_SCENES = 2
"""Of a new class: with fewer, none can be held out."""
MOST_NEAR = 12
SEED = 0


class Classes:
    """Labels by number, found by wnid or, whatever their spelling, by name."""

    def __init__(self, labels: Sequence[Label]) -> None:
        self.labels = tuple(labels)
        self._by_wnid = {label.wnid: number for number, label in enumerate(labels) if label.wnid}
        self._by_name = {spelt(label.name): number for number, label in reversed(list(enumerate(labels)))}

    def number_of(self, label: Label) -> int | None:
        number = self._by_wnid.get(label.wnid) if label.wnid else None
        return self._by_name.get(spelt(label.name)) if number is None and not label.wnid else number


@dataclass(frozen=True, slots=True)
class Served:
    """The model that serves: its classes, its layer on the same features, and what is known of photos that it was
    trained on: by their keys, whether it was right when they were held out, or None where they never were."""

    classes: Classes
    layer: LastLayer
    outcomes: dict[str, bool | None]


@dataclass(frozen=True, slots=True)
class Material:
    """What a candidate is made of. `targets` are numbers in `classes`, of which the first `known` are old ones."""

    classes: Classes
    known: int
    old: LastLayer
    examples: tuple[Example, ...]
    targets: NDArray[np.int64]
    groups: NDArray[np.int64]
    left_out: dict[str, int]
    """New classes with too few scenes, and how many those have."""

    @property
    def new(self) -> int:
        return len(self.classes.labels) - self.known

    @property
    def corrected(self) -> list[int]:
        """The old classes that corrections name."""
        named = [target for target, example in zip(self.targets, self.examples, strict=True) if not example.was_right]
        return sorted({int(target) for target in named if target < self.known})

    @property
    def photos(self) -> Photos:
        return Photos(np.stack([example.features for example in self.examples]), self.targets)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered of photos, by the model before and by the candidate, and whether that was right."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    was_right: NDArray[np.bool_]
    is_right: NDArray[np.bool_]


def prepare(root: Classes, layer: LastLayer, served: Served, examples: Sequence[Example]) -> Material:
    """Old classes are those of the root, and what serves now beside them of which no photo is left."""
    shown = [example.truth for example in examples]
    extra = [number for number, label in enumerate(served.classes.labels) if root.number_of(label) is None]
    kept = [number for number in extra if not _is_among(served.classes.labels[number], shown)]
    old_labels = (*root.labels, *(served.classes.labels[number] for number in kept))
    old = LastLayer(
        np.concatenate([layer.weights, served.layer.weights[:, kept]], axis=1),
        np.concatenate([layer.bias, served.layer.bias[kept]]),
    )
    return _with_new_classes(Classes(old_labels), old, examples)


def cross_validated(
    material: Material, served: Served, *, check: Callable[[], None]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Answers]:
    """Which photos could be judged, the part that each photo was held out in (-1: never), and the answers.

    Each is answered by a layer that was fitted without it and without its scene; a fit a core at a time. `check` may
    raise between fits.
    """
    from threadpoolctl import threadpool_limits

    photos, part_of = material.photos, np.full(len(material.examples), -1)
    numbers = np.zeros(len(material.examples), np.int64)
    folds = split(material.targets, material.groups, known=material.known, seed=SEED)

    def answered(fold: Fold) -> NDArray[np.int64]:
        train, held_out = fold
        layer = fit_layer(material.old, photos.part(train), new=material.new, corrected=material.corrected)
        return np.asarray(layer.logits(photos.features[held_out, 0]).argmax(axis=1))

    with threadpool_limits(1):  # around all: the limits of each fit are the process's, not a thread's
        found = list(in_threads(answered, folds, on_each=lambda _: check()))
    for part, ((_, held_out), answers) in enumerate(zip(folds, found, strict=True)):
        numbers[held_out], part_of[held_out] = answers, part
    known_before = [served.outcomes.get(example.key, True) is not None for example in material.examples]
    judged = np.flatnonzero((part_of >= 0) & np.array(known_before, bool))
    return judged, part_of, _answers(material, served, judged, numbers)


def check_reference(reference: Reference, material: Material, served: Served) -> None:
    """Raises DataSetError for a folder of the reference set that neither model has a class for: both would be wrong."""
    for truth in dict.fromkeys(reference.truths):
        if served.classes.number_of(truth) is None and material.classes.number_of(truth) is None:
            raise DataSetError(
                f"The reference set has a folder {truth.wnid or truth.name}, which is no class of what serves nor of "
                f"the candidate. Rename it as the class, or take it out."
            )


def old_photos(reference: Reference, material: Material) -> int:
    """How many photos of the reference set are of old classes: others tell nothing of what was forgotten."""
    numbers = [material.classes.number_of(truth) for truth in reference.truths]
    return sum(number is not None and number < material.known for number in numbers)


def answers_on(reference: Reference, material: Material, layer: LastLayer, served: Served) -> Answers:
    """Of the reference set, by the whole candidate."""
    before, was_right = _answered(served.classes, served.layer, reference)
    after, is_right = _answered(material.classes, layer, reference)
    return Answers(before, after, was_right, is_right)


def near_classes(material: Material) -> list[int]:
    """The old classes that photos of new ones are taken for, the most frequent first: these are forgotten first."""
    new = material.photos.features[material.targets >= material.known, 0]
    ranked = np.argsort(-material.old.logits(new), axis=1)[:, :2]
    return [int(number) for number, _ in Counter(ranked.ravel().tolist()).most_common(MOST_NEAR)]


def _answered(classes: Classes, layer: LastLayer, reference: Reference) -> tuple[tuple[str, ...], NDArray[np.bool_]]:
    numbers = layer.logits(reference.features).argmax(axis=1)
    right = [classes.number_of(truth) == number for truth, number in zip(reference.truths, numbers, strict=True)]
    return tuple(classes.labels[number].name for number in numbers), np.array(right, bool)


def _with_new_classes(old_classes: Classes, old: LastLayer, examples: Sequence[Example]) -> Material:
    groups = scenes(np.stack([e.features[0] for e in examples]), [e.sha256 for e in examples])
    new: dict[str, Label] = {}
    seen: dict[str, set[int]] = {}
    for example, group in zip(examples, groups, strict=True):
        if old_classes.number_of(example.truth) is None:
            new.setdefault(key_of(example.truth), example.truth)
            seen.setdefault(key_of(example.truth), set()).add(int(group))
    left_out = {new[key].name: len(found) for key, found in seen.items() if len(found) < LEAST_SCENES}
    learnt = [label for key, label in sorted(new.items()) if len(seen[key]) >= LEAST_SCENES]
    classes = Classes((*old_classes.labels, *learnt))
    numbers = [classes.number_of(example.truth) for example in examples]
    taken = [index for index, number in enumerate(numbers) if number is not None]
    targets = np.array([numbers[index] for index in taken], np.int64)
    chosen = tuple(examples[index] for index in taken)
    return Material(classes, len(old_classes.labels), old, chosen, targets, groups[taken], left_out)


def _answers(material: Material, served: Served, judged: NDArray[np.int64], after: NDArray[np.int64]) -> Answers:
    features = material.photos.features[judged, 0]
    before = served.layer.logits(features).argmax(axis=1) if len(judged) else np.zeros(0, np.int64)
    chosen = [material.examples[index] for index in judged]
    was_right = [
        served.outcomes.get(example.key, served.classes.number_of(example.truth) == number)
        for example, number in zip(chosen, before, strict=True)
    ]
    return Answers(
        tuple(served.classes.labels[number].name for number in before),
        tuple(material.classes.labels[number].name for number in after[judged]),
        np.array(was_right, bool),
        np.asarray(after[judged] == material.targets[judged], bool),
    )


def _is_among(label: Label, others: Sequence[Label]) -> bool:
    return key_of(label) in {key_of(other) for other in others}
