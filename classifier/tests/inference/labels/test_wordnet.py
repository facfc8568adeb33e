"""The table of broader words."""

import pytest

from classifier.inference.labels.imagenet import imagenet_labels
from classifier.inference.labels.wordnet import TABLE, broader_than, wordnet
from tools.wordnet_table import DATABASE, read_synsets, table_of

WORDS = {node.name for node in wordnet().values() if node.name}


def test_every_class_of_imagenet_is_in_it() -> None:
    assert not [label for label in imagenet_labels() if label.wnid not in wordnet()]


def test_every_word_has_a_name_and_a_place() -> None:
    classes = {label.wnid for label in imagenet_labels()}
    above = {wnid for label in imagenet_labels() for wnid in broader_than(label.wnid)}

    assert above == set(wordnet()) - classes
    assert all(wordnet()[wnid].name for wnid in above)


def test_no_word_is_there_twice() -> None:
    assert len(WORDS) == len(wordnet()) - 1000


@pytest.mark.parametrize("general", ["entity", "whole", "artifact", "organism", "animal", "device", "instrumentality"])
def test_words_that_say_nothing_are_not_in_it(general: str) -> None:
    assert general not in WORDS


def test_what_is_no_class_of_imagenet_has_nothing_above_it() -> None:
    assert not list(broader_than(""))


@pytest.mark.skipif(not DATABASE.exists(), reason="needs WordNet: apt-get install wordnet-base")
def test_the_table_is_what_its_script_makes_of_wordnet() -> None:
    assert TABLE.read_text(encoding="utf-8") == table_of(read_synsets(DATABASE))
