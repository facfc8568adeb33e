"""From feedback to a candidate, and why there is none."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from classifier.feedback import corrections, gathering, promotion, retraining
from classifier.feedback.corrections import Correction, Verdict
from classifier.feedback.retraining import retrain
from classifier.inference import instance
from classifier.inference.errors import ModelError
from classifier.inference.images.decoding import decode_image
from classifier.model_registry import versions
from classifier.models import Feedback, ModelVersion, Prediction, Retraining
from classifier.tests.feedback.lessons import say, teach
from classifier.tests.locks import held_elsewhere
from classifier.tests.training.blocks import KNOWN, blocks

State = Retraining.State
KNOWN_AS = {"gruen": "green"}
"""Folders in the operator's own language."""


def run(**options: Any) -> Retraining:
    return retrain(Retraining.objects.create(promote=options.pop("promote", False)), **options)


def save_reference(*colours: str, each: int) -> None:
    """The reference set, a folder for each colour."""
    for colour in colours:
        folder = gathering.reference_folder() / colour
        folder.mkdir(parents=True)
        for number in range(700, 700 + each):
            (folder / f"{number}.png").write_bytes(blocks(KNOWN_AS.get(colour, colour), number))


def answers(colour: str, count: int = 10) -> list[str]:
    """What the serving model says of photos that nobody said anything of."""
    service = instance.get()
    return [
        service.classify(decode_image(blocks(colour, number)), top_k=1).top[0].label
        for number in range(500, 500 + count)
    ]


def test_it_learns_new_classes_and_keeps_the_old_ones(user: User, learner: ModelVersion) -> None:
    teach(user, each=8)

    row = run(promote=True)

    assert row.state == State.PROMOTED, row.message
    assert versions.active() == row.candidate
    assert [answers(colour).count(colour) >= 9 for colour in (*KNOWN, "yellow", "cyan")] == [True] * 5
    assert row.figures["sets"]["corrections"]["before"] == 0
    assert row.figures["sets"]["corrections"]["after"] >= 14
    assert (row.root, row.before) == (learner, learner)
    assert len(row.data_hash) == 64
    assert len(row.split["parts"]) == 46


def test_a_candidate_that_cannot_be_loaded_stays_ready_with_the_reason(
    user: User, learner: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(user, each=8)

    def fail(_: ModelVersion) -> None:
        raise ModelError("OpenVINO cannot load it.")

    monkeypatch.setattr(versions, "load", fail)
    row = run(promote=True)

    assert row.state == State.READY
    assert row.message.endswith("It could not be promoted: OpenVINO cannot load it.")
    assert versions.active() == learner


def test_one_click_leads_back(user: User, learner: ModelVersion) -> None:
    teach(user, each=8)
    row = run(promote=True)

    promotion.take_back(row)

    assert versions.active() == learner
    assert Retraining.objects.get().state == State.TAKEN_BACK
    assert set(answers("yellow")) <= set(KNOWN)


def test_a_dry_run_judges_and_installs_nothing(user: User, learner: ModelVersion) -> None:
    teach(user, each=8)

    row = run(is_dry=True)

    assert (row.state, row.candidate) == (State.READY, None)
    assert ModelVersion.objects.count() == 1


def test_the_same_photos_are_held_out_in_the_same_parts_whatever_their_keys(user: User, learner: ModelVersion) -> None:
    parts = []
    for _ in range(2):
        Prediction.objects.all().delete()
        teach(user, each=8)
        held_out = run(is_dry=True).split["parts"]
        parts.append({str(row.sha256): held_out[str(row.pk)] for row in Prediction.objects.all()})

    assert parts[0] == parts[1]


def test_while_there_are_too_few_corrections_it_says_how_many_more(user: User, learner: ModelVersion) -> None:
    teach(user, each=3, known=0)

    row = run()

    assert row.state == State.TOO_FEW
    assert row.message == (
        "Corrections so far: 6. At least 10 are needed, 4 more: photos whose answer was wrong, with what they show."
    )


def test_without_confirmations_it_asks_for_them_by_the_names_of_the_nearest_classes(
    user: User, learner: ModelVersion
) -> None:
    teach(user, each=8, known=0)

    row = run()

    assert row.state == State.TOO_FEW
    assert "At least 20 confirmations are needed, 20 more" in row.message
    assert "Confirm right answers of the old classes nearest to the new ones, 3 of each: green" in row.message


def test_a_new_class_with_one_scene_waits_for_another(user: User, learner: ModelVersion) -> None:
    teach(user, each=8)
    for _ in range(3):
        say(user, "red", 300, truth="brick")

    row = run()

    assert row.state == State.READY
    assert "Correct more photos of brick, of other scenes: 1." in row.figures["wanted"]
    assert [line["label"] for line in row.figures["classes"]] == ["cyan", "yellow"]


def test_while_no_new_class_has_two_scenes_it_says_which_need_another(user: User, learner: ModelVersion) -> None:
    for number in range(10):
        say(user, "yellow", number, truth=f"kind {number}")

    row = run()

    assert row.state == State.TOO_FEW
    assert row.message.startswith(
        "No new class has photos of two scenes. Correct more photos of kind 0, of other scenes: 1."
    )


def test_what_forgets_the_old_is_refused_and_the_model_before_goes_on_serving(
    user: User, learner: ModelVersion
) -> None:
    """Half of the red photos are said to be something new: what it learns from that takes red ones away."""
    teach(user, each=8)
    for number in range(100, 125):
        say(user, "red", number, truth="rose")
    for number in range(200, 220):
        say(user, "red", number)

    row = run(promote=True)

    assert row.state == State.REFUSED, row.message
    assert row.message.startswith("It is worse on old classes near the new ones")
    assert versions.active() == learner


def test_the_reference_set_is_judged_and_never_trained_on(user: User, learner: ModelVersion) -> None:
    teach(user, each=8)
    save_reference("red", "green", each=5)

    row = run()

    assert row.figures["sets"]["reference"]["photos"] == 10
    assert len(row.split["parts"]) == 46


def test_what_cannot_be_read_of_the_reference_set_is_left_out(user: User, learner: ModelVersion) -> None:
    teach(user, each=8)
    save_reference("red", "green", each=5)
    (gathering.reference_folder() / "red/album.jpg").mkdir()
    (gathering.reference_folder() / "red/gone.jpg").symlink_to("nowhere.jpg")

    row = run()

    assert row.figures["sets"]["reference"]["photos"] == 10, row.message


def test_a_reference_folder_that_no_model_has_a_class_for_is_named(user: User, learner: ModelVersion) -> None:
    teach(user, each=8)
    save_reference("red", "gruen", each=5)

    row = run(promote=True)

    assert row.state == State.FAILED
    assert row.message == (
        "The reference set has a folder gruen, which is no class of what serves nor of the candidate. Rename it as the "
        "class, or take it out."
    )


def test_reference_photos_of_new_classes_do_not_stand_for_old_ones(user: User, learner: ModelVersion) -> None:
    teach(user, each=8, known=0)
    save_reference("red", "yellow", each=15)

    row = run(promote=True)

    assert row.state == State.TOO_FEW
    assert "At least 20 confirmations are needed, 5 more" in row.message


def test_equal_files_are_never_on_both_sides(user: User, learner: ModelVersion) -> None:
    teach(user, each=8)
    twins = [say(user, "yellow", 3) for _ in range(3)]

    row = run()

    assert len({row.split["parts"][str(twin.pk)] for twin in twins}) == 1


def test_the_next_run_builds_on_the_same_network_and_judges_fairly(user: User, learner: ModelVersion) -> None:
    teach(user, each=6)
    first = run(promote=True)
    Prediction.objects.filter(feedback__label="cyan").delete()
    for number in range(50, 62):
        say(user, "magenta", number)

    second = run()

    assert first.state == State.PROMOTED, first.message
    assert second.root == learner
    assert second.before == first.candidate
    labels = [line["label"] for line in second.figures["classes"]]
    assert labels == ["magenta", "yellow"]
    assert second.candidate is not None, second.message
    assert second.candidate.manifest["classes"] == 6


def test_it_is_cancelled_between_two_photos(user: User, learner: ModelVersion) -> None:
    teach(user, each=8)
    row = Retraining.objects.create()

    def cancel(done: int, total: int) -> None:
        Retraining.objects.filter(pk=row.pk).update(cancel_requested=True)

    retrain(row, on_progress=cancel)

    assert (row.state, row.message) == (State.CANCELLED, "Cancelled. Nothing was changed.")
    assert ModelVersion.objects.count() == 1


def test_one_at_a_time(user: User, learner: ModelVersion) -> None:
    with held_elsewhere("retraining"):
        row = run()

    assert row.state == State.FAILED
    assert "Another retraining is running" in row.message


def test_a_network_that_cannot_be_taken_apart_is_told(user: User, serving: ModelVersion) -> None:
    teach(user, each=8)

    row = run()

    assert row.state == State.FAILED
    assert "does not end in one layer and a softmax" in row.message


def test_photos_that_are_gone_are_left_out(user: User, learner: ModelVersion) -> None:
    teach(user, each=8)
    row = Prediction.objects.filter(feedback__verdict=Feedback.Verdict.RIGHT).first()
    assert row is not None
    Path(row.image.path).unlink()

    assert str(row.pk) not in run().split["parts"]


def test_corrections_to_an_old_class_move_it(user: User, learner: ModelVersion) -> None:
    teach(user, each=0, known=10)
    for number in range(100, 160):
        say(user, "yellow", number, truth="red")
    before = answers("yellow", 30).count("red")

    row = run(promote=True)

    assert row.state == State.PROMOTED, row.message
    assert answers("yellow", 30).count("red") > before
    assert answers("green").count("green") >= 9


def test_where_training_is_not_installed_it_says_what_to_install(
    learner: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retraining, "find_spec", lambda _: None)

    assert "requirements.lock" in run().message


def test_an_engine_that_cannot_serve_it_is_told(learner: ModelVersion, settings: Any) -> None:
    settings.CLASSIFIER_ENGINE = "keras"

    assert "Set it to openvino" in run().message


def test_without_a_model_there_is_nothing_to_learn_beside(db: None) -> None:
    assert "No model is active" in run().message


def test_the_reference_folder_is_in_the_data_folder(settings: Any) -> None:
    assert gathering.reference_folder() == settings.DATA_DIR / "reference"


def test_feedback_of_none_of_the_labels_teaches_nothing(user: User, learner: ModelVersion) -> None:
    row = say(user, "yellow", 1)
    corrections.give(row, Correction(Verdict.WRONG), by=user)

    assert run().message.startswith("Corrections so far: 0.")
