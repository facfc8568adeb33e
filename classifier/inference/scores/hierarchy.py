"""How exact an answer may be: the best class, a broader word above it, or none."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.inference.labels.wordnet import broader_than, wordnet
from classifier.inference.scores.ranking import class_probabilities
from classifier.inference.types import Answer, Label, Output, Scores

SURE_PROBABILITY = 0.6
"""From which probability on an answer is stood by where nothing else was measured (`benchmarks.answers`)."""


def sure_probability_of(*, asked: float | None, measured: float | None) -> float:
    """From which probability on a model's answers are stood by: what the operator asked for, else what was measured."""
    return asked or measured or SURE_PROBABILITY


@dataclass(frozen=True, slots=True)
class BroaderWord:
    """A word of WordNet and the numbers of the model's classes that it takes in, `(N,)`."""

    wnid: str
    name: str
    classes: NDArray[np.int64]


class Hierarchy:
    """The broader words above each class of a model; none above classes without a WordNet id."""

    def __init__(self, labels: Sequence[Label]) -> None:
        self.labels = tuple(labels)
        above = [tuple(dict.fromkeys(broader_than(label.wnid))) for label in self.labels]
        words = {word.wnid: word for word in _words_of_several_classes(above)}
        self._above = tuple(_most_specific_first(words[wnid] for wnid in wnids if wnid in words) for wnids in above)

    def above(self, index: int) -> tuple[BroaderWord, ...]:
        """The words above a class, the most specific first."""
        return self._above[index]


def _words_of_several_classes(above: Sequence[tuple[str, ...]]) -> Iterator[BroaderWord]:
    """The words that take in more than one class, for the WordNet ids above each class."""
    classes: dict[str, list[int]] = {}
    for index, wnids in enumerate(above):
        for wnid in wnids:
            classes.setdefault(wnid, []).append(index)
    for wnid, below in classes.items():
        if len(below) > 1:
            yield BroaderWord(wnid, wordnet()[wnid].name, np.array(below))


def _most_specific_first(words: Iterable[BroaderWord]) -> tuple[BroaderWord, ...]:
    return tuple(sorted(words, key=lambda word: len(word.classes)))


def answer_for(scores: Scores, hierarchy: Hierarchy, *, sure_probability: float, output: Output = "softmax") -> Answer:
    """What to stand by for scores of shape `(C,)` in 0..1.

    Exact: the best class, if its probability is at least `sure_probability`. Else broader: of the words above the best
    class, the most specific one whose classes have that probability together. Else unsure. The classes of a sigmoid
    network do not exclude each other, so that their probabilities cannot be added: its answers are never broader.
    """
    probabilities = class_probabilities(scores, output)
    best = int(np.argmax(probabilities))
    label, probability = hierarchy.labels[best], float(probabilities[best])
    if probability >= sure_probability:
        return Answer("exact", label.name, label.wnid, probability)
    for word in hierarchy.above(best) if output == "softmax" else ():
        together = min(1.0, float(probabilities[word.classes].sum()))
        if together >= sure_probability:
            return Answer("broader", word.name, word.wnid, together)
    return Answer("unsure", "", "", probability)
