"""What is searched follows predictions, and what is said of them, whoever writes it."""

from django.contrib.auth.models import User
from django.db.models import QuerySet

from classifier.feedback import corrections
from classifier.feedback.corrections import Correction, Verdict
from classifier.models import Feedback, ModelVersion, Prediction, SearchText
from classifier.tests.rows import make_prediction, say


def names(row: Prediction) -> str:
    return SearchText.objects.get(prediction=row).names


def test_all_labels_kept_are_searched_each_once(user: User, serving: ModelVersion) -> None:
    top = [{"wnid": "", "label": label, "probability": 0.1} for label in ("red_fox", "Tench")]

    row = make_prediction(user, serving, "red_fox", top=top, answer_label="dog")

    assert row.search_text.labels.split("\n") == ["red fox", "tench", "dog"]


def test_a_new_answer_is_searched_and_the_one_before_is_not(user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, "red_fox", filename="a.jpg")
    say(row, "my dog")
    row.label = "tench"

    row.save(update_fields=["label"])

    assert SearchText.objects.get(prediction=row).labels == "tench"
    assert names(row) == " a jpg\n my dog"


def test_what_is_said_is_searched_until_it_is_taken_back(user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, "red_fox", filename="a.jpg")
    say(row, "my dog")
    said = names(row)

    corrections.withdraw(row)

    assert (said, names(row)) == (" a jpg\n my dog", " a jpg")


def test_what_is_said_of_many_is_searched(user: User, serving: ModelVersion) -> None:
    rows = [make_prediction(user, serving, "red_fox") for _ in range(3)]
    own: QuerySet[Prediction] = Prediction.objects.filter(owner=user)

    corrections.give_to_all(own, Correction(Verdict.RIGHT), by=user)
    said = [names(row) for row in rows]
    corrections.withdraw_all(own)

    assert said == [" red fox"] * 3
    assert [names(row) for row in rows] == [""] * 3


def test_the_words_of_an_account_that_is_gone_are_gone_from_others_photos(
    user: User, other_user: User, serving: ModelVersion
) -> None:
    row = make_prediction(user, serving, "red_fox")
    Feedback.objects.create(prediction=row, verdict="wrong", label="my dog", by=other_user)

    other_user.delete()

    assert names(row) == ""


def test_a_deleted_prediction_is_not_searched(user: User, serving: ModelVersion) -> None:
    say(make_prediction(user, serving, "red_fox"), "my dog")

    Prediction.objects.filter(owner=user).delete()

    assert not SearchText.objects.exists()
