"""Many rounds of learning from few and partly wrong corrections: whether the gate lets old answers get worse."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.live.operator import Shown
from benchmarks.results import Promise
from classifier.feedback import candidates, gate
from classifier.feedback.candidates import Classes, Served
from classifier.feedback.gathering import Example, Reference
from classifier.inference.images.decoding import decode_image
from classifier.inference.packaging.folders import read_model_labels
from classifier.inference.packaging.frozen import FrozenNetwork
from classifier.inference.preprocessing import kept_side_px
from classifier.inference.scores.intervals import wilson_interval
from classifier.inference.types import Label
from classifier.models import Retraining
from classifier.training.judging import compare
from classifier.training.new_classes import fit_layer
from classifier.training.views import random_view, served_view

KINDS, MOST_EACH, VIEWS = 8, 8, 1


@dataclass(frozen=True, slots=True)
class Round:
    """Whether the gate let the candidate pass, and of how many photos of the reference set it is right."""

    is_promoted: bool
    reference_right: int


def measure_rounds(folder: Path, *, rounds: int, groceries: list[Shown], old: list[Shown]) -> dict[str, Any]:
    """Each round: some kinds, some photos of each, up to a third of them wrongly named; half of the old photos are
    confirmed, the other half is the reference set."""
    network = FrozenNetwork(folder)
    new = [_example(network, shown, was_right=False) for shown in groceries]
    known = [_example(network, shown, was_right=True) for shown in old]
    classes = Classes(read_model_labels(folder))
    done = [_round(np.random.default_rng(number), network, classes, new, known) for number in range(rounds)]
    promoted = [one for one in done if one.is_promoted]
    size = len(known) // 2
    lowest, _ = wilson_interval(1.0, size)
    worst = min((one.reference_right for one in promoted), default=size)
    print(
        f"       {rounds} rounds: {len(promoted)} promoted; without the gate, the worst has "
        f"{min(one.reference_right for one in done)} of {size} of the reference set right"
    )
    print(Promise(f"of {rounds} rounds, reference set of {size}: fewest right after a promotion", worst, lowest * size))
    return {"rounds": rounds, "promoted": len(promoted), "fewest_right_after_promotion": worst}


def _round(
    random: np.random.Generator, network: FrozenNetwork, root: Classes, new: list[Example], known: list[Example]
) -> Round:
    kinds = random.choice(sorted({example.truth.name for example in new}), KINDS, replace=False)
    part_wrong, each = random.uniform(0, 1 / 3), int(random.integers(2, MOST_EACH + 1))
    said = []
    for kind in kinds:
        own = [example for example in new if example.truth.name == kind]
        for example in random.permutation(np.array(own, object))[:each]:
            truth = Label("", str(random.choice(kinds))) if random.random() < part_wrong else example.truth
            said.append(Example(example.key, example.sha256, truth, False, example.features))
    half = int(random.integers(2))
    held = known[half::2]
    reference = Reference(np.stack([e.features[0] for e in held]), tuple(e.truth for e in held))
    served = Served(root, network.layer, {})
    material = candidates.prepare(root, network.layer, served, [*said, *known[1 - half :: 2]])
    judged, _, answers = candidates.cross_validated(material, served, check=lambda: None)
    layer = fit_layer(material.old, material.photos, new=material.new, corrected=material.corrected)
    of_reference = candidates.answers_on(reference, material, layer, served)
    decision = gate.decide(
        material,
        judged,
        answers,
        near=candidates.near_classes(material),
        reference=compare(of_reference.was_right, of_reference.is_right),
        old_reference=candidates.old_photos(reference, material),
    )
    return Round(decision.state == Retraining.State.READY, int(of_reference.is_right.sum()))


def _example(network: FrozenNetwork, shown: Shown, *, was_right: bool) -> Example:
    preprocessing = network.manifest.preprocessing
    image = decode_image(shown.path.read_bytes(), shorter_side_px=kept_side_px(preprocessing))
    random = np.random.default_rng(0)
    views = [served_view(image, preprocessing), *(random_view(image, preprocessing, random) for _ in range(VIEWS))]
    label = Label(shown.truth, "") if was_right else Label("", shown.truth)
    features = np.stack([network.features(pixels) for pixels in views])
    return Example(str(shown.path), str(shown.path), label, was_right, features)
