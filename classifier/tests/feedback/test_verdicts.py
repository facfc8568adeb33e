"""What people said of a model's answers, counted."""

from django.contrib.auth.models import User

from classifier.feedback.verdicts import Verdicts, verdicts_on
from classifier.models import ModelVersion
from classifier.tests.rows import make_prediction, say


def test_nothing_said_is_nothing_counted(user: User, serving: ModelVersion) -> None:
    make_prediction(user, serving, "red")

    assert verdicts_on(serving, mistakes_of=user) == Verdicts()


def test_mistakes_are_counted_the_most_frequent_first(user: User, serving: ModelVersion) -> None:
    for truth in ("fox", "rose", "rose", "red", ""):
        say(make_prediction(user, serving, "red"), truth)

    found = verdicts_on(serving, mistakes_of=user)

    assert (found.said, found.right) == (5, 1)
    assert found.mistakes == [(("rose", "red"), 2), (("fox", "red"), 1)]
