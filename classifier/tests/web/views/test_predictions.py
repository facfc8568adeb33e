"""The page of one prediction, without JavaScript."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from classifier.errors import PhotoLostError
from classifier.model_registry import versions
from classifier.models import ModelVersion, Prediction
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.tests.examples import photo_files, upload
from classifier.tests.rows import make_prediction
from classifier.tests.web.reading import read


@pytest.mark.parametrize("classes", [2, 3])
def test_both_sides_are_told_of_a_two_class_model_alone(
    ada: Client, user: User, serving: ModelVersion, classes: int
) -> None:
    serving.manifest["classes"] = classes
    serving.save()
    top = [{"wnid": "", "label": "cat", "probability": 0.912}, {"wnid": "", "label": "dog", "probability": 0.088}]
    row = make_prediction(user, serving, "cat", probability=0.912, top=top, answer_kind="exact")

    page = read(ada, f"/predictions/{row.pk}/")

    assert "The photo you uploaded is a cat (91 %)" in page
    assert ("It is 91 % cat and 9 % dog." in page) == (classes == 2)


def test_a_photo_that_is_lost_is_nowhere_a_broken_picture(ada: Client, user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, "tench", photo_lost=True)

    pages = [read(ada, f"/predictions/{path}") for path in ("", f"{row.pk}/", f"{row.pk}/delete/")]

    assert not any(f"{row.pk}/image/" in page or f"{row.pk}/thumbnail/" in page for page in pages)


@pytest.mark.parametrize(("label", "said"), [("orange", "an orange"), ("golden_retriever", "a golden retriever")])
def test_a_label_has_its_article(ada: Client, user: User, serving: ModelVersion, label: str, said: str) -> None:
    row = make_prediction(user, serving, label, answer_kind="exact")

    assert f"The photo you uploaded is {said} (90 %)" in read(ada, f"/predictions/{row.pk}/answer/")


RETRIEVERS = [
    {"wnid": "n02099601", "label": "golden_retriever", "probability": 0.48},
    {"wnid": "n02099712", "label": "Labrador_retriever", "probability": 0.31},
]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("broader", "Probably a retriever; perhaps a golden retriever (48 %)"),
        ("unsure", "Not sure: perhaps a golden retriever (48 %) or a Labrador retriever (31 %)"),
        (None, "golden retriever (48 %)"),
    ],
)
@pytest.mark.parametrize("part", ["{key}/", "{key}/answer/", "{key}/delete/", ""])
def test_every_page_says_no_more_than_is_known(
    ada: Client, user: User, serving: ModelVersion, part: str, kind: str | None, said: str
) -> None:
    row = make_prediction(
        user, serving, "golden_retriever", probability=0.48, top=RETRIEVERS, answer_kind=kind, answer_label="retriever"
    )

    page = read(ada, f"/predictions/{part.format(key=row.pk)}")

    assert f">{said}<" in page
    assert "The photo you uploaded is" not in page


@pytest.mark.parametrize(
    ("codes", "advice"),
    [("dark,blurred", "hold the camera still"), ("blank", "in front of the lens"), ("", None), (None, None)],
)
def test_the_page_says_how_to_take_a_better_photo(
    ada: Client, user: User, serving: ModelVersion, codes: str | None, advice: str | None
) -> None:
    row = make_prediction(user, serving, "tench", quality_codes=codes)

    page = read(ada, f"/predictions/{row.pk}/")

    assert ("Another photo may get a better answer." in page) == (advice is not None)
    assert advice is None or advice in page


@pytest.mark.parametrize("part", ["", "answer/", "delete/", "classify/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_sees_or_deletes_what_is_somebody_elses(
    ada: Client, other_user: User, serving: ModelVersion, part: str, method: str
) -> None:
    row = make_prediction(other_user, serving, "tench")

    assert getattr(ada, method)(f"/predictions/{row.pk}/{part}").status_code in (404, 405)
    assert Prediction.objects.exists()


def test_deleting_asks_first_and_takes_the_files_along(
    ada: Client, user: User, serving: ModelVersion, home: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = services.classify_upload(sender=Sender(user), upload=upload()).prediction
    assert "Delete this prediction?" in read(ada, f"/predictions/{row.pk}/delete/")

    with django_capture_on_commit_callbacks(execute=True):
        response = ada.post(f"/predictions/{row.pk}/delete/")

    assert response.headers["Location"] == "/predictions/"
    assert not photo_files(home / "media")


def test_a_photo_that_is_there_is_found_by_its_hash(
    ada: Client, user: User, other_user: User, serving: ModelVersion
) -> None:
    own, others = "a" * 64, "b" * 64
    make_prediction(user, serving, "tench")
    row = make_prediction(user, serving, "tench", sha256=own)
    make_prediction(other_user, serving, "tench", sha256=others)

    found = [
        ada.get("/predictions/seen/", {"sha256": asked}).json()["prediction"] for asked in (own, others, "", "a\0b")
    ]

    assert found == [str(row.pk), None, None, None]


def test_a_prediction_leads_to_those_beside_it_and_back(ada: Client, user: User, serving: ModelVersion) -> None:
    first, middle, last = (make_prediction(user, serving, "red_fox") for _ in range(3))
    make_prediction(user, serving, "tench")

    page = read(ada, f"/predictions/{middle.pk}/", search="fox", cursor="abc")
    newest = read(ada, f"/predictions/{last.pk}/", search="fox", moved="1")

    assert f'rel="prev" href="/predictions/{last.pk}/?search=fox&amp;moved=1"' in page
    assert f'rel="next" href="/predictions/{first.pk}/?search=fox&amp;moved=1"' in page
    assert f'href="/predictions/?search=fox&amp;cursor=abc#p-{middle.pk}"' in page
    assert 'rel="prev"' not in newest
    assert f'href="/predictions/?search=fox#p-{last.pk}"' in newest


def test_going_back_after_moving_on_leads_to_a_page_with_it(
    ada: Client, user: User, serving: ModelVersion, settings: Any
) -> None:
    settings.CLASSIFIER_HISTORY_PAGE_SIZE = 2
    rows = [make_prediction(user, serving, "red_fox") for _ in range(5)]

    response = ada.get(f"/predictions/{rows[0].pk}/", {"moved": "1"})
    page = ada.get(response.context["back"].partition("#")[0]).content.decode()

    assert f'id="p-{rows[0].pk}"' in page


def test_the_owner_has_it_classified_again_and_the_old_answer_is_kept(
    ada: Client, user: User, serving: ModelVersion, second: ModelVersion
) -> None:
    row = services.classify_upload(sender=Sender(user), upload=upload()).prediction
    assert "Classify again" not in read(ada, f"/predictions/{row.pk}/")
    versions.activate(second)
    assert "Classify again" in read(ada, f"/predictions/{row.pk}/")

    response = ada.post(f"/predictions/{row.pk}/classify/", follow=True)

    page = response.content.decode()
    assert "Previous predictions" in page
    assert str(second) in page
    assert "Classify again" not in page


def test_a_photo_that_is_gone_cannot_be_classified_again(
    ada: Client, user: User, serving: ModelVersion, second: ModelVersion, home: Path
) -> None:
    row = services.classify_upload(sender=Sender(user), upload=upload()).prediction
    versions.activate(second)
    row.image.storage.delete(str(row.image.name))

    page = ada.post(f"/predictions/{row.pk}/classify/", follow=True).content.decode()

    assert str(PhotoLostError()) in page


def test_deleting_keeps_the_place(ada: Client, user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, "tench")

    response = ada.post(f"/predictions/{row.pk}/delete/", {"next": "/predictions/?cursor=abc"})

    assert response.headers["Location"] == "/predictions/?cursor=abc"


def test_a_download_is_called_by_its_label(ada: Client, user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, "red_fox", created_at=datetime(2025, 3, 1, tzinfo=UTC))

    assert 'download="red-fox-2025-03-01.jpg"' in read(ada, f"/predictions/{row.pk}/")
