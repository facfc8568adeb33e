"""The model's page: what people want to know first, and what engineers want folded away."""

import json
from pathlib import Path

from django.contrib.auth.models import User
from django.test import Client

from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.examples import PUBLISHED, build_colour_model
from classifier.tests.rows import make_prediction, say
from classifier.tests.web.reading import read

NOBODY = "Nobody has said yet whether its answers are right"


def test_it_says_in_words_how_well_it_did_and_what_it_took_for_what(
    ada: Client, serving: ModelVersion, model_folder: Path
) -> None:
    report = {
        "photos": 40,
        "top_1": 0.75,
        "top_5": 1.0,
        "per_class": {"red": 0.5, "blue": 1.0},
        "confusions": [{"truth": "red", "answer": "blue", "photos": 9}],
    }
    (model_folder / "report.json").write_text(json.dumps(report))
    try:
        page = read(ada, "/model/")
    finally:
        (model_folder / "report.json").unlink()

    assert "<strong>Right for about 75 of 100 photos</strong>, measured after its training on 40 photos" in page
    assert "red taken for blue" in page


def test_it_tells_who_says_how_good_it_is_and_its_licence(ada: Client, tmp_path: Path) -> None:
    folder = build_colour_model(tmp_path, name="known", published=PUBLISHED, license="Apache-2.0")
    versions.activate(versions.register(folder))

    page = read(ada, "/model/")

    assert "<strong>Right for about 75 of 100 photos</strong>, by those who published it" in page
    assert f'href="{PUBLISHED.source}"' in page
    assert "Apache-2.0" in page


def test_it_tells_what_people_said_and_to_each_their_own_mistakes(
    ada: Client, user: User, other_user: User, serving: ModelVersion, second: ModelVersion
) -> None:
    assert NOBODY in read(ada, "/model/")
    say(make_prediction(user, serving, "red"), "red")
    say(make_prediction(user, serving, "red"), "fire_engine")
    say(make_prediction(other_user, serving, "blue"), "my_secret")
    say(make_prediction(user, second, "green"), "grass")

    page = read(ada, "/model/")

    assert "<strong>Right for 1 of 3 photos</strong>, by what people said on this server" in page
    assert "fire engine taken for red" in page
    assert "secret" not in page
    assert "grass" not in page
    assert NOBODY not in page


def test_figures_for_engineers_are_folded_away(ada: Client, serving: ModelVersion) -> None:
    page = read(ada, "/model/")

    folded = page[page.index("For engineers") :]
    assert serving.version in folded
    assert "16 × 16 pixels" in folded
    assert serving.version not in page.replace(folded, "")


def test_a_report_that_is_broken_is_left_out(ada: Client, serving: ModelVersion, model_folder: Path) -> None:
    (model_folder / "report.json").write_text('{"photos": 1')
    try:
        page = read(ada, "/model/")
    finally:
        (model_folder / "report.json").unlink()

    assert "measured after its training" not in page


def test_its_names_are_searched(ada: Client, serving: ModelVersion) -> None:
    page = read(ada, "/model/", search="gRee")

    assert "1 name with" in page
    assert "<li>green</li>" in page
    assert "<li>red</li>" not in page


def test_a_name_that_it_does_not_have_is_said_to_be_missing(ada: Client, serving: ModelVersion) -> None:
    assert "It has no name with these letters" in read(ada, "/model/", search="violet")


def test_without_a_model_there_is_a_page_all_the_same(ada: Client) -> None:
    assert "No model is installed" in read(ada, "/model/")


def test_the_page_names_the_version_that_is_to_answer_next(ada: Client, serving: ModelVersion, tmp_path: Path) -> None:
    ModelVersion.objects.update(is_active=False)
    ModelVersion.objects.create(name="next", version="1", manifest=serving.manifest, is_active=True)

    assert "next-1 is active and will be used" in read(ada, "/model/")
    assert versions.active() != serving
