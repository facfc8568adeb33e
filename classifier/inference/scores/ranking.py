"""From a network's scores to names and probabilities."""

from collections.abc import Sequence

import numpy as np

from classifier.inference.errors import LabelsError
from classifier.inference.labels.imagenet import imagenet_labels
from classifier.inference.types import Label, Output, ScoredLabel, Scores


def decode_prediction(
    scores: Scores, labels: Sequence[Label] | None = None, *, top_k: int | None = None, output: Output = "softmax"
) -> tuple[ScoredLabel, ...]:
    """The `top_k` best labels or all of them, best first, for scores of shape `(C,)` in 0..1.

    `labels` are ImageNet's 1000 when not given. One sigmoid output with two labels gives both: its value is the
    probability of the second, the rest that of the first. Equal scores keep the order of the classes.
    Raises LabelsError when there are not as many labels as scores.
    """
    known = imagenet_labels() if labels is None else labels
    probabilities = class_probabilities(scores, output)
    if probabilities.shape != (len(known),):
        raise LabelsError(f"{len(known)} labels for scores of shape {probabilities.shape}.")
    best = np.argsort(-probabilities, kind="stable")[:top_k]
    return tuple(ScoredLabel(known[i].wnid, known[i].name, float(probabilities[i])) for i in best)


def class_probabilities(scores: Scores, output: Output) -> Scores:
    """A probability for each class, `(C,)`: one sigmoid output stands for two."""
    if output == "sigmoid" and scores.shape == (1,):
        return np.array([1 - scores[0], scores[0]], dtype=np.float32)
    return scores
