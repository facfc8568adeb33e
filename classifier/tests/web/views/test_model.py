"""The model's page."""

import json
from pathlib import Path

from django.test import Client

from classifier.model_registry import versions
from classifier.models import ModelVersion
from classifier.tests.examples import PUBLISHED, build_colour_model
from classifier.tests.web.reading import read


def test_it_names_what_answers_and_how_well(ada: Client, serving: ModelVersion, model_folder: Path) -> None:
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

    assert serving.version in page
    assert "75.0%" in page
    assert "red classified as blue" in page


def test_it_tells_who_says_how_good_it_is_and_its_licence(ada: Client, tmp_path: Path) -> None:
    folder = build_colour_model(tmp_path, name="known", published=PUBLISHED, license="Apache-2.0")
    versions.activate(versions.register(folder))

    page = read(ada, "/model/")

    assert "75.1%" in page
    assert f'href="{PUBLISHED.source}"' in page
    assert "Apache-2.0" in page


def test_a_report_that_is_broken_is_left_out(ada: Client, serving: ModelVersion, model_folder: Path) -> None:
    (model_folder / "report.json").write_text('{"photos": 1')
    try:
        page = read(ada, "/model/")
    finally:
        (model_folder / "report.json").unlink()

    assert "How well it does" not in page


def test_its_labels_are_searched(ada: Client, serving: ModelVersion) -> None:
    page = read(ada, "/model/", search="gRee")

    assert "1 label with" in page
    assert "<li>green</li>" in page
    assert "<li>red</li>" not in page


def test_without_a_model_there_is_a_page_all_the_same(ada: Client) -> None:
    assert "No model is installed" in read(ada, "/model/")


def test_the_page_names_the_version_that_is_to_answer_next(ada: Client, serving: ModelVersion, tmp_path: Path) -> None:
    ModelVersion.objects.update(is_active=False)
    ModelVersion.objects.create(name="next", version="1", manifest=serving.manifest, is_active=True)

    assert "next-1 is active and will be used" in read(ada, "/model/")
    assert versions.active() != serving
