"""Writes the table of broader words above ImageNet's classes from WordNet: `python -m tools.wordnet_table`.

WordNet 3.0 is Debian's package `wordnet-base`; the offsets of its `data.noun` are the wnids.
"""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from classifier.inference.labels.imagenet import imagenet_labels
from classifier.inference.labels.wordnet import TABLE
from tools.wordnet_words import ALSO, SAID, UNSAID

DATABASE = Path("/usr/share/wordnet/data.noun")
MOST_CLASSES = 130
"""A word above more of the 1000 classes says too little: it has dogs below it, and no mammals."""
HYPERNYMS = ("@", "@i")
HEADER = """\
# Broader words above ImageNet's classes: WordNet id, word, ids of the next broader words; classes come without a word.
# From WordNet 3.0, Copyright 2006 by Princeton University, under the terms in wordnet-license.txt; some words are not
# WordNet's. Made by `python -m tools.wordnet_table`; do not edit.
"""


@dataclass(frozen=True, slots=True)
class Synset:
    """A meaning: its words, the usual one first, and the ids of the meanings right above it."""

    words: tuple[str, ...]
    parents: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, default=DATABASE, metavar="FILE", help=f"{DATABASE} by default")
    options = parser.parse_args()
    TABLE.write_text(table_of(read_synsets(options.database)), encoding="utf-8")
    print(f"{TABLE}: {TABLE.stat().st_size:,} bytes")


def read_synsets(path: Path) -> dict[str, Synset]:
    """WordNet id to meaning, of all nouns. The format is in the manual page `wndb(5WN)`."""
    synsets = {}
    for line in path.read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):  # the licence
            continue
        offset, _, _, word_count, *fields = line.partition("|")[0].split()
        end = 2 * int(word_count, 16)
        pointers = fields[end + 1 :]
        above = [f"n{pointers[i + 1]}" for i in range(0, len(pointers), 4) if pointers[i] in HYPERNYMS]
        also = ALSO.get(f"n{offset}")
        synsets[f"n{offset}"] = Synset(tuple(fields[:end:2]), (*above, also) if also else tuple(above))
    return synsets


def table_of(synsets: Mapping[str, Synset]) -> str:
    """The lines of the table, by WordNet id."""
    classes = {label.wnid: frozenset(_all_above(label.wnid, synsets)) for label in imagenet_labels()}
    below: dict[str, set[str]] = {}
    for wnid, above in classes.items():
        for node in above:
            below.setdefault(node, set()).add(wnid)
    known = {node for node, found in below.items() if 2 <= len(found) <= MOST_CLASSES}
    said = {node for node in known if not _is_meant_below(node, known, below, synsets)} - UNSAID
    rows = {node: SAID.get(node, synsets[node].words[0]) for node in said} | dict.fromkeys(classes, "")
    lines = (f"{node}\t{rows[node]}\t{' '.join(sorted(_next_above(node, said, synsets)))}\n" for node in sorted(rows))
    return HEADER + "".join(lines)


def _all_above(node: str, synsets: Mapping[str, Synset]) -> Iterator[str]:
    for parent in synsets[node].parents:
        yield parent
        yield from _all_above(parent, synsets)


def _is_meant_below(node: str, known: set[str], below: Mapping[str, set[str]], synsets: Mapping[str, Synset]) -> bool:
    """Whether a narrower word has the same classes below it: a *shark or ray* is as many as a *cartilaginous fish*."""
    same = (other for other in known if other != node and below[other] == below[node])
    return any(node in _all_above(other, synsets) for other in same)


def _next_above(node: str, said: set[str], synsets: Mapping[str, Synset]) -> set[str]:
    """The nearest words above, past those that are not said."""
    found: set[str] = set()
    for parent in synsets[node].parents:
        found |= {parent} if parent in said else _next_above(parent, said, synsets)
    return found


if __name__ == "__main__":
    main()
