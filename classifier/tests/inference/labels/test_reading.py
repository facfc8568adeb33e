"""Class names in the files that people have."""

import json
from pathlib import Path

import pytest

from classifier.inference.errors import LabelsError
from classifier.inference.labels.reading import LONGEST_NAME, read_labels, write_labels
from classifier.inference.types import Label
from classifier.tests.examples import SHARED, needs_shared

CAT_DOG_FOX = (Label("", "cat"), Label("", "dog"), Label("", "fox"))


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("names.txt", "cat\ndog\nfox\n"),
        ("names.txt", "0 cat\n1 dog\n2 fox\n"),
        ("names.txt", "0\tcat\n1\tdog\n2\tfox\n"),
        ("names.txt", b"\xef\xbb\xbfcat\r\ndog\r\n\r\nfox"),
        ("names.txt", "cat\ndog\nfox".encode("utf-16")),
        ("names.csv", "0,cat\n1,dog\n2,fox\n"),
        ("names.csv", "index,label\n2,fox\n0,cat\n1,dog\n"),
        ("names.csv", "cat\ndog\nfox\n"),
        ("names.json", '["cat", "dog", "fox"]'),
        ("names.json", '{"dog": 1, "cat": 0, "fox": 2}'),
        ("names.json", '{"10": "fox", "0": "cat", "1": "dog"}'.replace('"10"', '"2"')),
        ("names.json", '[{"name": "cat"}, {"name": "dog"}, {"name": "fox"}]'),
        ("names.txt", "cat\t0\ndog\t1\nfox\t2\n"),
        ("names.txt", "2\tfox\n0\tcat\n1\tdog\n"),
        ("names.csv", "fox,2\ncat,0\ndog,1\n"),
        ("names.csv", "label,index\nfox,2\ncat,0\ndog,1\n"),
        ("names.json", '[{"id": 2, "name": "fox"}, {"id": 0, "name": "cat"}, {"id": 1, "name": "dog"}]'),
        ("names.json", '[{"id": 1, "name": "cat"}, {"id": 4, "name": "dog"}, {"id": 7, "name": "fox"}]'),
        ("NAMES.JSON", '["cat", "dog", "fox"]'),
    ],
)
def test_names_are_read_in_the_order_of_the_outputs(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert read_labels(written(tmp_path, name, content)) == CAT_DOG_FOX


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("names.txt", "n1\tcat\nn2\tdog\n"),
        ("names.json", '{"0": ["n1", "cat"], "1": ["n2", "dog"]}'),
        ("names.json", '[["n1", "cat"], ["n2", "dog"]]'),
        ("names.csv", "0,n1,cat\n1,n2,dog\n"),
        ("names.csv", "wnid,name\nn1,cat\nn2,dog\n"),
    ],
)
def test_wordnet_ids_are_kept(tmp_path: Path, name: str, content: str) -> None:
    assert read_labels(written(tmp_path, name, content)) == (Label("n1", "cat"), Label("n2", "dog"))


def test_a_name_that_begins_with_a_number_keeps_it(tmp_path: Path) -> None:
    path = written(tmp_path, "names.txt", "7 up\n2 cents\n")

    assert [label.name for label in read_labels(path)] == ["7 up", "2 cents"]


def test_digits_are_names(tmp_path: Path) -> None:
    path = written(tmp_path, "digits.txt", "0\n1\n2\n")

    assert [label.name for label in read_labels(path)] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("names.txt", b"caf\xe9\n", "UTF-8"),
        ("names.txt", "", "no class"),
        ("names.txt", "x" * (LONGEST_NAME + 1), "too long"),
        ("names.txt", "kitty\tcat\n", "a WordNet id"),
        ("names.txt", "0\tcat\t120\n", "a WordNet id"),
        ("names.txt", "cat\t1\ndog\t2\n", "without a gap"),
        ("names.txt", "cat\x00", "cannot be shown"),
        ("names.json", "{", "cannot be read"),
        ("names.json", "3", "a list or an object"),
        ("names.json", '{"cat": 0, "dog": 2}', "without a gap"),
        ("names.json", '{"cat": 0, "dog": 0}', "without a gap"),
        ("names.json", '[["n1", "cat", "x"]]', "not a class name"),
        ("names.json", "[" * 100_000, "cannot be read"),
        ("names.json", '[["cat", "Katze"]]', "not a class name, nor a WordNet id and a name"),
        ("names.json", '[{"id": 2, "name": "dog"}, {"id": 1, "name": "cat"}]', "without a gap"),
        ("names.csv", "0,cat\nx,dog\n", "cannot be read"),
        ("names.csv", "0,cat,120\n1,dog,80\n", "may have a number from 0 on and a WordNet id, in this order"),
        ("names.csv", "0,tench, Tinca tinca\n1,goldfish\n", "a comma needs quotes"),
    ],
)
def test_a_file_that_is_no_list_of_names_says_why(tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
    with pytest.raises(LabelsError, match=said):
        read_labels(written(tmp_path, name, content))


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_labels(tmp_path / "labels.json", CAT_DOG_FOX)

    assert read_labels(tmp_path / "labels.json") == CAT_DOG_FOX
    assert json.loads((tmp_path / "labels.json").read_text())[0] == {"wnid": "", "name": "cat"}


@needs_shared
@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("labels_tm.txt", Label("", "cat")),
        ("labels_teachable_machine.txt", Label("", "cardboard")),
        ("labels_class_indices.json", Label("", "cat")),
        ("labels_imagenet_style.json", Label("n1", "cat")),
        ("labels_utf16.txt", Label("", "cat")),
        ("labels_idx.csv", Label("", "cat")),
    ],
)
def test_reported_files_are_read(name: str, first: Label) -> None:
    assert read_labels(SHARED / "data/reported" / name)[0] == first


@needs_shared
@pytest.mark.parametrize(("name", "said"), [("labels_long.txt", "too long"), ("labels_latin1.txt", "UTF-8")])
def test_reported_files_that_cannot_be_served_are_refused(name: str, said: str) -> None:
    with pytest.raises(LabelsError, match=said):
        read_labels(SHARED / "data/reported" / name)
