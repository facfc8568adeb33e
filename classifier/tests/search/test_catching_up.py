"""What an older release stored beside this one is found, too, a while later."""

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from classifier.models import ModelVersion, Prediction, SearchText
from classifier.search import catching_up
from classifier.tests.rows import make_prediction, say


def store_as_before(user: User, version: ModelVersion, filename: str = "") -> Prediction:
    """As a release does that knows of no search."""
    row = make_prediction(user, version, "red_fox", filename=filename)
    SearchText.objects.filter(prediction=row).delete()
    return row


def names() -> list[str]:
    return list(SearchText.objects.order_by("prediction__created_at", "prediction").values_list("names", flat=True))


def test_what_an_older_release_stored_is_found_and_the_rest_left_alone(user: User, serving: ModelVersion) -> None:
    old = store_as_before(user, serving, "a.jpg")
    say(old, "my dog")
    SearchText.objects.all().delete()
    new = make_prediction(user, serving, "tench")
    SearchText.objects.filter(prediction=new).update(names="as it was")

    assert catching_up.catch_up() == 1
    assert set(names()) == {" a jpg\n my dog", "as it was"}
    assert SearchText.objects.get(prediction=old).owner == user.pk
    assert catching_up.catch_up() == 0


def test_a_few_at_a_time_in_transactions_of_their_own(
    user: User, serving: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catching_up, "MAX_ROWS", 2)
    for _ in range(5):
        store_as_before(user, serving)

    with CaptureQueriesContext(connection) as queries:
        assert catching_up.catch_up() == 5
    assert sum("classifier_prediction" in query["sql"] and "IN (" in query["sql"] for query in queries) == 3


def test_what_is_said_of_it_makes_it_found_at_once(user: User, serving: ModelVersion) -> None:
    say(store_as_before(user, serving, "a.jpg"), "my dog")

    assert names() == [" a jpg\n my dog"]


@pytest.mark.django_db(transaction=True)
def test_it_goes_on_every_day(user: User, serving: ModelVersion) -> None:
    store_as_before(user, serving)
    paused, rounds, pauses = threading.Event(), threading.Semaphore(0), []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        paused.set()
        rounds.acquire()

    catching_up.catch_up_in_background(pause=pause)

    assert paused.wait(30)
    assert pauses == [24 * 3600]
    assert SearchText.objects.count() == 1
