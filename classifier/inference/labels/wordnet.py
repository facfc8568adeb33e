"""Broader words above ImageNet's classes: a tree of WordNet, shipped with the project."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

TABLE = Path(__file__).with_name("wordnet.tsv")


@dataclass(frozen=True, slots=True)
class Node:
    """A word and the WordNet ids of the next broader ones; a class of ImageNet has no word here."""

    name: str
    parents: tuple[str, ...]


@cache
def wordnet() -> Mapping[str, Node]:
    """WordNet id to node: ImageNet's 1000 classes and the words that are said of several of them."""
    lines = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    rows = (line.split("\t") for line in lines)
    return MappingProxyType({wnid: Node(name, tuple(parents.split())) for wnid, name, parents in rows})


def broader_than(wnid: str) -> Iterator[str]:
    """The WordNet ids of all broader words, some more than once; none for what is no class of ImageNet."""
    node = wordnet().get(wnid)
    for parent in node.parents if node else ():
        yield parent
        yield from broader_than(parent)
