"""How often exact, broader and unsure answers are right, and whether anything tells that better than the plain sum."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.imagenet_photos import KNOWN, UNKNOWN, LabelledPhoto, known_photos, unknown_photos
from benchmarks.models import EFFICIENTNET_LITE0, available
from benchmarks.results import Promise, parser_of, write_result
from classifier.inference.images.decoding import decode_image
from classifier.inference.images.renditions import decoding_side_px
from classifier.inference.labels.wordnet import broader_than
from classifier.inference.openvino_runtime import core, ov
from classifier.inference.preprocessing import preprocess_image
from classifier.inference.scores.hierarchy import Hierarchy, answer_for
from classifier.inference.service import ClassifierService
from classifier.inference.types import Answer

THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
LEAST_RIGHT, LEAST_SAID, MOST_EXACT_OF_UNKNOWN = 0.92, 0.75, 0.10
FEWEST = 100
"""Photos below which parts say nothing."""
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network makes of photos: probabilities `(N, C)`, pooled features `(N, F)` or none, and the truths."""

    probabilities: Floats
    features: Floats | None
    wnids: list[str]


@dataclass(frozen=True, slots=True)
class Curve:
    """The parts of the photos that get each kind of answer, and the parts of those that are right."""

    threshold: float
    given: dict[str, float]
    right: dict[str, float]

    @property
    def said(self) -> float:
        return self.given["exact"] + self.given["broader"]

    def __str__(self) -> str:
        kinds = (f"{kind} {self.given[kind]:6.1%}, right {self.right[kind]:6.1%}" for kind in self.given)
        return f"  {self.threshold:.2f}: {'; '.join(kinds)}; said {self.said:.1%}"


def main() -> None:
    parser = parser_of("answers", __doc__)
    parser.add_argument("--model", default=EFFICIENTNET_LITE0, help="a name that install_model takes")
    parser.add_argument("--photos", nargs="+", type=Path, default=[KNOWN], help="named, or in folders named, by wnid")
    parser.add_argument("--unknown", type=Path, default=UNKNOWN, help="photos of what is no class of ImageNet")
    options = parser.parse_args()
    known, unknown = known_photos(options.photos), unknown_photos(options.unknown)
    if not known or not unknown:
        print("answers: skipped, the photos are not here")
        return
    for name, folder in available([options.model]):
        service = ClassifierService.open(folder)
        seen, others = look_at(service, folder, known), look_at(service, folder, unknown)
        figures = report(name, service, seen, others)
        if options.save:
            write_result(f"answers_{name}", figures)


def report(name: str, service: ClassifierService, seen: Seen, others: Seen) -> dict[str, object]:
    hierarchy, sure = Hierarchy(service.labels), service.sure_probability
    curves = [curve_of(hierarchy, seen, threshold) for threshold in sorted({*THRESHOLDS, sure})]
    print(f"{name}, {len(seen.wnids)} photos of ImageNet's classes, by sure probability (its own: {sure}):")
    print(*curves, sep="\n")
    print(f"{name}, {len(others.wnids)} photos of other things:")
    elsewhere = [curve_of(hierarchy, others, curve.threshold) for curve in curves]
    for curve in elsewhere:
        print(f"  {curve.threshold:.2f}: " + ", ".join(f"{kind} {part:.1%}" for kind, part in curve.given.items()))
    at = next(index for index, curve in enumerate(curves) if curve.threshold == sure)
    promises = [
        Promise(f"{name} at {sure}: part of exact answers that is right", curves[at].right["exact"], LEAST_RIGHT),
        Promise(f"{name} at {sure}: part of broader answers that is right", curves[at].right["broader"], LEAST_RIGHT),
        Promise(f"{name} at {sure}: part of photos with either", curves[at].said, LEAST_SAID),
        Promise(f"{name} at {sure}: exact of other things", elsewhere[at].given["exact"], MOST_EXACT_OF_UNKNOWN, True),
    ]
    print(*promises, sep="\n")
    if len(seen.wnids) >= FEWEST:
        compare_measures(name, hierarchy, seen, others)
    else:
        print(f"{name}: too few photos to compare measures of being sure; {FEWEST} are needed")
    return {
        "photos": len(seen.wnids),
        "others": len(others.wnids),
        "curve": [{"sure_probability": c.threshold, "given": c.given, "right": c.right} for c in curves],
        "of_others": [{"sure_probability": c.threshold, "given": c.given} for c in elsewhere],
    }


def look_at(service: ClassifierService, folder: Path, photos: Sequence[LabelledPhoto]) -> Seen:
    """Runs the model folder's own network, with its pooled features as a second output where it has them."""
    model = core.read_model(folder / "model.xml")
    pooled = pooled_output(model)
    if pooled is not None:
        model.add_outputs([pooled])
    network = core.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    side_px = decoding_side_px(service.shorter_side_px)
    probabilities, features = [], []
    for photo in photos:
        image = decode_image(photo.path.read_bytes(), shorter_side_px=side_px)
        outputs = network(preprocess_image(image, service.manifest.preprocessing)[None])
        probabilities.append(np.array(outputs[0])[0])
        if pooled is not None:
            features.append(np.array(outputs[1]).reshape(-1))
    return Seen(np.array(probabilities), np.array(features) if features else None, [photo.wnid for photo in photos])


def pooled_output(model: "ov.Model") -> "ov.Output | None":
    """The output of the last mean over height and width."""
    means = [node for node in model.get_ordered_ops() if node.get_type_name() == "ReduceMean"]
    return means[-1].output(0) if means else None


def curve_of(hierarchy: Hierarchy, seen: Seen, threshold: float) -> Curve:
    answers = [answer_for(row, hierarchy, sure_probability=threshold) for row in seen.probabilities]
    given, right = Counter[str](), Counter[str]()
    for answer, row, wnid in zip(answers, seen.probabilities, seen.wnids, strict=True):
        given[answer.kind] += 1
        right[answer.kind] += is_right(answer, wnid, best=hierarchy.labels[int(row.argmax())].wnid)
    kinds = ("exact", "broader", "unsure")
    return Curve(
        threshold,
        {kind: given[kind] / len(answers) for kind in kinds},
        {kind: right[kind] / max(1, given[kind]) for kind in kinds},
    )


def is_right(answer: Answer, wnid: str, *, best: str) -> bool:
    """A broader word is right for every class below it; where nothing is said, the best class counts."""
    if answer.kind == "broader":
        return answer.wnid in broader_than(wnid)
    return (answer.wnid or best) == wnid


def compare_measures(name: str, hierarchy: Hierarchy, seen: Seen, others: Seen) -> None:
    """How many photos get an exact answer when 94 % of those are right, and how many of other things get one, too.

    Every second photo chooses the temperature and makes the classes' means of features; the others are judged.
    """
    best = [hierarchy.labels[int(row.argmax())].wnid for row in seen.probabilities]
    right = np.array([said == wnid for said, wnid in zip(best, seen.wnids, strict=True)])
    print(f"{name}: exact answers of which 94 % are right, by how being sure is measured:")
    base = None
    for measure, of in measures(seen).items():
        threshold = threshold_for(of(seen)[1::2], right[1::2], wanted=0.94)
        said, wrong = float((of(seen)[1::2] >= threshold).mean()), float((of(others) >= threshold).mean())
        base = base or (said, wrong)
        beats = "" if (said, wrong) == base else "; beats it" if said > base[0] and wrong < base[1] else "; does not"
        print(f"  {measure:38} {said:6.1%} of photos, {wrong:6.1%} of other things{beats}")


def measures(seen: Seen) -> dict[str, Callable[[Seen], Floats]]:
    """Each gives `(N,)`: the larger, the surer."""
    found: dict[str, Callable[[Seen], Floats]] = {"probability of the best class": lambda some: best_of(some, 1.0)}
    for temperature in (0.5, 0.7, 1.5, 2.0):
        found[f"the same at temperature {temperature}"] = partial(best_of, temperature=temperature)
    found["margin to the second class"] = margin
    if seen.features is not None:
        known = unit(seen.features[::2])
        found["likeness to the nearest known photo"] = lambda some: nearest(some, known)
        found["probability times likeness"] = lambda some: best_of(some, 1.0) * nearest(some, known)
    return found


def best_of(seen: Seen, temperature: float) -> Floats:
    logits = np.log(np.maximum(seen.probabilities, 1e-12)) / temperature
    softened = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(softened.max(axis=1) / softened.sum(axis=1), np.float32)


def margin(seen: Seen) -> Floats:
    two = np.sort(seen.probabilities, axis=1)[:, -2:]
    return np.asarray(two[:, 1] - two[:, 0], np.float32)


def nearest(seen: Seen, known: Floats) -> Floats:
    """The largest cosine to features of known photos, in 0..1."""
    if seen.features is None:
        raise ValueError("The network has no pooled features.")
    return np.asarray(np.clip(unit(seen.features) @ known.T, 0, 0.9999).max(axis=1), np.float32)


def unit(features: Floats) -> Floats:
    return np.asarray(features / np.linalg.norm(features, axis=1, keepdims=True), np.float32)


def threshold_for(sureness: Floats, right: NDArray[np.bool_], *, wanted: float) -> float:
    """The lowest threshold above which that part is right."""
    order = np.argsort(-sureness)
    parts = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    kept = np.flatnonzero(parts >= wanted)
    return float(sureness[order][kept[-1]]) if len(kept) else float("inf")


if __name__ == "__main__":
    main()
