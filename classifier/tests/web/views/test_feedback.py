"""What is said of a prediction on its page, without JavaScript."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from classifier.inference import instance
from classifier.inference.types import Label
from classifier.models import Feedback, ModelVersion, Prediction
from classifier.tests.rows import make_prediction
from classifier.tests.web.reading import read


@pytest.fixture
def row(user: User, serving: ModelVersion) -> Prediction:
    return make_prediction(user, serving, "green")


def say(ada: Client, row: Prediction, **fields: str) -> str:
    """The page after it, at what was said."""
    response = ada.post(f"/predictions/{row.pk}/feedback/", fields, follow=True)
    assert response.redirect_chain[-1][0] == f"/predictions/{row.pk}/#feedback"
    return str(response.content.decode())


def refused(ada: Client, row: Prediction, **fields: str) -> str:
    """The page after it, from its top, where it says what is wrong."""
    response = ada.post(f"/predictions/{row.pk}/feedback/", fields, follow=True)
    assert response.redirect_chain[-1][0] == f"/predictions/{row.pk}/"
    return str(response.content.decode())


def test_an_answer_is_said_to_be_right_and_that_is_taken_back(ada: Client, row: Prediction) -> None:
    assert "Is that right?" in read(ada, f"/predictions/{row.pk}/")

    assert "The answer is right" in say(ada, row, verdict="right")
    assert "Is that right?" in say(ada, row, undo="1")
    assert not Feedback.objects.exists()


def test_what_it_is_instead_is_searched_and_chosen(ada: Client, row: Prediction) -> None:
    page = read(ada, f"/predictions/{row.pk}/", it_is="BL")

    assert 'value="|blue"' in page
    assert 'value="|BL"' in page
    assert "It is a blue" in say(ada, row, verdict="wrong", choice="|blue")
    assert "It is an apple|pear" in say(ada, row, verdict="wrong", choice="|apple|pear")


def test_two_classes_of_one_name_are_told_apart(ada: Client, row: Prediction, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"n02012849": "crane", "n03126707": "crane", "n04399382": "teddy"}
    monkeypatch.setattr(instance.get(), "labels", tuple(Label(wnid, name) for wnid, name in names.items()))

    page = read(ada, f"/predictions/{row.pk}/labels/", it_is="crane")

    assert page.count(">crane") == 2
    assert page.count(">(wading bird)<") == 1
    assert "<span" not in read(ada, f"/predictions/{row.pk}/labels/", it_is="teddy")


def test_it_may_be_none_of_the_labels(ada: Client, row: Prediction) -> None:
    assert "It is none of these" in say(ada, row, verdict="wrong")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"verdict": "maybe"}, "Select a valid choice"),
        ({"verdict": "wrong", "choice": "blue"}, "Choose one of the labels"),
        ({"verdict": "wrong", "choice": "|" + "x" * 201}, "Choose one of the labels"),
        ({"verdict": "wrong", "choice": "|green"}, "That is what the answer says"),
    ],
)
def test_what_cannot_be_meant_is_told_on_the_page(
    ada: Client, row: Prediction, fields: dict[str, str], problem: str
) -> None:
    assert problem in refused(ada, row, **fields)
    assert not Feedback.objects.exists()


def test_without_a_model_the_page_says_what_is_wrong(ada: Client, row: Prediction) -> None:
    instance.reset()

    assert "model" in refused(ada, row, verdict="wrong", choice="|blue")
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(("method", "part"), [("post", "feedback"), ("get", "labels")])
def test_nobody_speaks_of_what_is_somebody_elses(
    ada: Client, other_user: User, serving: ModelVersion, method: str, part: str
) -> None:
    row = make_prediction(other_user, serving, "green")

    response = getattr(ada, method)(f"/predictions/{row.pk}/{part}/", {"verdict": "right"})

    assert response.status_code == 404


def test_labels_come_as_a_fragment_while_a_person_types(ada: Client, row: Prediction) -> None:
    fragment = read(ada, f"/predictions/{row.pk}/labels/", it_is="re")

    assert "<html" not in fragment
    assert [part.split('"')[0] for part in fragment.split('name="choice" value="')[1:]] == ["|red", "|green", "|re"]


def test_the_history_is_filtered_by_it(ada: Client, user: User, row: Prediction, serving: ModelVersion) -> None:
    make_prediction(user, serving, "tench")
    say(ada, row, verdict="right")

    page: Any = read(ada, "/predictions/", feedback="right")

    assert "green" in page
    assert "tench" not in page
