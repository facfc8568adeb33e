import pytest
from django.contrib.auth.models import User

from classifier.accounts import deletion
from classifier.errors import AmbiguousLabelError, ModelNotReadyError
from classifier.feedback import corrections
from classifier.feedback.corrections import Correction, Verdict
from classifier.inference import instance
from classifier.inference.types import Label
from classifier.models import Feedback, ModelVersion, Prediction
from classifier.tests.rows import make_prediction

RIGHT = Correction(Verdict.RIGHT)


def wrong(label: str = "", wnid: str = "") -> Correction:
    return Correction(Verdict.WRONG, label, wnid)


@pytest.fixture
def prediction(user: User, serving: ModelVersion) -> Prediction:
    return make_prediction(user, serving, "green")


@pytest.fixture
def cranes(serving: ModelVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model with two classes of one name."""
    monkeypatch.setattr(instance.get(), "labels", (Label("n1", "crane"), Label("n2", "crane"), Label("n3", "a_b")))


def test_of_two_classes_with_one_name_the_wnid_says_which(cranes: None, prediction: Prediction, user: User) -> None:
    with pytest.raises(AmbiguousLabelError, match="n1, n2"):
        corrections.give(prediction, wrong("crane"), by=user)

    given = corrections.give(prediction, wrong("Crane", "n2"), by=user)

    assert given is not None
    assert (given.label, given.wnid) == ("crane", "n2")


def test_a_label_is_known_by_any_of_its_spellings(cranes: None, prediction: Prediction, user: User) -> None:
    given = corrections.give(prediction, wrong("A b"), by=user)

    assert given is not None
    assert (given.label, given.wnid) == ("a_b", "n3")


def test_a_new_label_is_spelt_as_its_giver_spelt_it_first(
    prediction: Prediction, user: User, other_user: User, serving: ModelVersion
) -> None:
    corrections.give(prediction, wrong("Lime"), by=user)
    same, others = make_prediction(user, serving, "red"), make_prediction(other_user, serving, "red")

    given = [
        corrections.give(same, wrong("lime"), by=user),
        corrections.give(others, wrong("lime"), by=other_user),
    ]

    assert [row and row.label for row in given] == ["Lime", "lime"]


def test_suggestions_are_the_models_labels_and_ones_own(
    prediction: Prediction, user: User, other_user: User, serving: ModelVersion
) -> None:
    corrections.give(prediction, wrong("spring green"), by=user)

    assert [label.name for label in corrections.suggestions("GREE", by=user)] == ["green", "spring green"]
    assert [label.name for label in corrections.suggestions("gree", by=other_user)] == ["green"]


def test_without_a_model_a_label_is_not_guessed_at(prediction: Prediction, user: User) -> None:
    instance.reset()

    with pytest.raises(ModelNotReadyError):
        corrections.give(prediction, wrong("blue"), by=user)
    assert corrections.give(prediction, RIGHT, by=user) is not None


def test_nothing_is_said_of_what_is_gone(prediction: Prediction, user: User) -> None:
    Prediction.objects.all().delete()

    assert corrections.give(prediction, RIGHT, by=user) is None


def test_many_are_corrected_at_once_and_those_that_say_so_already_are_right(user: User, serving: ModelVersion) -> None:
    for label in ("red", "green", "blue"):
        make_prediction(user, serving, label)

    count = corrections.give_to_all(Prediction.objects.all(), wrong("red"), by=user)

    said = {row.prediction.label: (row.verdict, row.label) for row in Feedback.objects.all()}
    assert count == 3
    assert said == {"red": ("right", "red"), "green": ("wrong", "red"), "blue": ("wrong", "red")}
    assert corrections.withdraw_all(Prediction.objects.filter(label="red")) == 1


def test_a_verdict_follows_when_the_photo_is_classified_again(prediction: Prediction, user: User) -> None:
    corrections.give(prediction, wrong("blue"), by=user)
    prediction.label = "blue"

    corrections.follow(prediction)

    assert Feedback.objects.get().verdict == Verdict.RIGHT


def test_none_of_the_labels_stays_wrong_whatever_is_answered(prediction: Prediction, user: User) -> None:
    corrections.give(prediction, wrong(), by=user)
    prediction.label = ""

    corrections.follow(prediction)

    assert Feedback.objects.get().verdict == Verdict.WRONG


def test_corrections_go_with_the_account_of_who_gave_them(
    prediction: Prediction, other_user: User, staff: User
) -> None:
    corrections.give(prediction, RIGHT, by=staff)

    deletion.request_deletion(staff)
    deletion.finish(staff.pk)

    assert not Feedback.objects.exists()
    assert Prediction.objects.exists()
