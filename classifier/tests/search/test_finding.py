"""The search finds the same whether few, many or most of the photos have what is searched for."""

from collections.abc import Iterable

import pytest
from django.contrib.auth.models import User

from classifier.models import ModelVersion, Prediction
from classifier.search import finding
from classifier.search.finding import found
from classifier.tests.rows import make_prediction, say


def labels(owner: User, text: str, *, is_indexed: bool = True) -> list[str]:
    rows = found(Prediction.objects.filter(owner=owner), text, owner_id=owner.pk if is_indexed else None).rows
    return sorted(rows.values_list("label", flat=True))


@pytest.fixture(params=["few", "many", "most", "without an index", "too many words"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How it is looked for."""
    limits = {"many": {"FEW": 0}, "most": {"FEW": 0, "MANY": 0}, "too many words": {"MOST_WORDS": 0}}
    for name, value in limits.get(request.param, {}).items():
        monkeypatch.setattr(finding, name, value)
    return str(request.param)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("retr", ["golden_retriever"]),
        ("triever", ["golden_retriever"]),
        ("EN RET", ["golden_retriever"]),
        ("retriever golden", []),
        ("ol", ["golden_retriever"]),
        ("(", ["fox ("]),
        ('"', ["say \"a' or \\b"]),
        ("a' or", ["say \"a' or \\b"]),
        ("\\b", ["say \"a' or \\b"]),
        ("img_20", ["fox ("]),
        ("20", ["fox ("]),
        ("mg_20", []),
        ("img 2041.jp", ["fox ("]),
        ("img jpg", []),
        ("ulrich", ["golden_retriever"]),
        ("rich", []),
        ("%", []),
        ("\x04\U000f3468", []),
        ("retr\x04", ["golden_retriever"]),
        ("n07", []),
        ("_", ["fox (", "golden_retriever", "say \"a' or \\b"]),
    ],
)
def test_labels_are_found_by_any_part_and_names_by_the_beginning_of_words(
    way: str, user: User, other_user: User, serving: ModelVersion, text: str, expected: list[str]
) -> None:
    say(make_prediction(user, serving, "golden_retriever", filename="a.png"), "our Ulrich")
    make_prediction(user, serving, "fox (", filename="IMG_2041.jpg")
    make_prediction(user, serving, "say \"a' or \\b")
    make_prediction(other_user, serving, "golden_retriever", filename="IMG_2041.jpg")

    assert labels(user, text, is_indexed=way != "without an index") == expected


def test_everybody_finds_the_own_photos_alone_though_one_number_begins_with_another(serving: ModelVersion) -> None:
    ten, one = (User.objects.create_user(name, pk=key) for name, key in (("ten", 910), ("one", 91)))
    make_prediction(ten, serving, "7up")
    make_prediction(one, serving, "07up")

    assert (labels(one, "7up"), labels(ten, "7up")) == (["07up"], ["7up"])


def keys(rows: Iterable[Prediction]) -> list[object]:
    return [row.pk for row in rows]


def test_what_is_left_out_before_stays_out(way: str, user: User, serving: ModelVersion) -> None:
    sure, unsure = (make_prediction(user, serving, "tabby", probability=part) for part in (0.9, 0.1))
    rows = Prediction.objects.filter(owner=user, probability__gt=0.5)

    assert keys(found(rows, "tab", owner_id=user.pk).rows) == [sure.pk]
    assert unsure.pk != sure.pk
