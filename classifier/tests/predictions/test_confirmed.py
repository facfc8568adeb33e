"""What people have said that photos show."""

from django.contrib.auth.models import User

from classifier.inference.types import Label
from classifier.models import Feedback, ModelVersion
from classifier.predictions.confirmed import confirmed_labels, newest_confirmed
from classifier.tests.rows import make_prediction, say


def test_confirmations_and_corrections_both_tell(user: User, serving: ModelVersion) -> None:
    right, wrong, silent = (make_prediction(user, serving, "red") for _ in range(3))
    say(right, "red")
    say(wrong, "teal", wnid="n1")

    assert confirmed_labels([right.pk, wrong.pk, silent.pk]) == {
        right.pk: Label("", "red"),
        wrong.pk: Label("n1", "teal"),
    }


def test_none_of_the_labels_tells_nothing(user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, "red")
    say(row, "")

    assert confirmed_labels([row.pk]) == newest_confirmed(serving, limit=10) == {}


def test_the_newest_words_of_a_version_are_read(user: User, serving: ModelVersion) -> None:
    rows = [make_prediction(user, serving, "red") for _ in range(3)]
    for row in reversed(rows):
        say(row, "red")
    other = ModelVersion.objects.create(name="other", version="1", manifest={}, path="other-1")
    say(make_prediction(user, other, "red"), "red")

    assert set(newest_confirmed(serving, limit=2)) == {rows[0].pk, rows[1].pk}
    assert Feedback.objects.count() == 4
