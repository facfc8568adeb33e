"""How exact an answer is, for probabilities of which one knows what is right to say."""

import numpy as np
import pytest
from numpy.typing import NDArray

from classifier.inference.labels.imagenet import imagenet_labels
from classifier.inference.scores.hierarchy import SURE_PROBABILITY, Hierarchy, answer_for
from classifier.inference.types import Answer, Label

IMAGENET = Hierarchy(imagenet_labels())
COLOURS = Hierarchy([Label("", "red"), Label("", "green"), Label("", "blue")])


def probabilities(**by_name: float) -> NDArray[np.float32]:
    """Of ImageNet's classes; what is left over is spread over all others alike."""
    names = [label.name for label in imagenet_labels()]
    result = np.full(len(names), (1 - sum(by_name.values())) / (len(names) - len(by_name)), np.float32)
    for name, probability in by_name.items():
        result[names.index(name)] = probability
    return result


def answer(scores: NDArray[np.float32], sure_probability: float = SURE_PROBABILITY) -> Answer:
    return answer_for(scores, IMAGENET, sure_probability=sure_probability)


def test_a_class_that_is_sure_enough_is_said() -> None:
    said = answer(probabilities(golden_retriever=0.75))

    assert said == Answer("exact", "golden_retriever", "n02099601", 0.75)


def test_classes_that_are_sure_together_are_said_by_the_word_above_them() -> None:
    said = answer(probabilities(golden_retriever=0.45, Labrador_retriever=0.4, tabby=0.1))

    assert (said.kind, said.label, said.wnid) == ("broader", "retriever", "n02099029")
    assert said.probability == pytest.approx(0.85, abs=1e-3)


def test_the_word_is_the_most_specific_one_that_is_sure_enough() -> None:
    assert answer(probabilities(golden_retriever=0.4, beagle=0.4)).label == "hunting_dog"
    assert answer(probabilities(golden_retriever=0.4, boxer=0.4)).label == "dog"


def test_a_word_that_would_say_nothing_is_not_said() -> None:
    said = answer(probabilities(golden_retriever=0.4, syringe=0.3, volcano=0.2))

    assert (said.kind, said.label, said.wnid) == ("unsure", "", "")
    assert said.probability == pytest.approx(0.4)


def test_a_class_counts_once_for_a_word_that_is_above_it_in_two_ways() -> None:
    said = answer(probabilities(submarine=0.3, liner=0.3, container_ship=0.3))

    assert said.label == "ship"
    assert said.probability == pytest.approx(0.9, abs=1e-3)


def test_what_is_sure_is_the_callers_choice() -> None:
    scores = probabilities(golden_retriever=0.45, Labrador_retriever=0.4)

    kinds = [answer(scores, sure).kind for sure in (0.4, 0.6, 0.99)]

    assert kinds == ["exact", "broader", "unsure"]


@pytest.mark.parametrize(("scores", "kind"), [((0.7, 0.2, 0.1), "exact"), ((0.5, 0.4, 0.1), "unsure")])
def test_classes_of_ones_own_have_no_broader_word(scores: tuple[float, ...], kind: str) -> None:
    assert answer_for(np.array(scores, np.float32), COLOURS, sure_probability=0.6).kind == kind


def test_words_above_a_part_of_imagenet_are_those_that_take_in_several_of_it() -> None:
    dogs = [label for label in imagenet_labels() if label.name in ("golden_retriever", "beagle", "tabby")]

    hierarchy = Hierarchy([*dogs, Label("", "our_dog")])

    assert hierarchy.above(0)[0].name == "hunting_dog"
    assert not hierarchy.above(3)


def test_probabilities_that_do_not_exclude_each_other_are_not_added() -> None:
    scores = probabilities(golden_retriever=0.5, Labrador_retriever=0.4)

    assert answer_for(scores, IMAGENET, sure_probability=0.6, output="sigmoid").kind == "unsure"


def test_one_sigmoid_output_is_read_as_two_classes() -> None:
    pets = Hierarchy([Label("", "cat"), Label("", "dog")])

    said = answer_for(np.array([0.125], np.float32), pets, sure_probability=0.6, output="sigmoid")

    assert (said.kind, said.label, said.probability) == ("exact", "cat", 0.875)
