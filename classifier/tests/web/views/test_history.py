"""The history: filtered, and paged by cursor."""

import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from classifier.models import ModelVersion, Prediction
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.search import finding
from classifier.tests.examples import upload
from classifier.tests.rows import cursor_of, make_prediction
from classifier.tests.web.reading import read
from classifier.web import history as shown

SURE = {"search": "fox", "answer": "exact"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"red fox", "tench"}),
        ({"search": "red f"}, {"red fox"}),
        ({"min_percent": "50"}, {"red fox"}),
        ({"answer": "exact"}, set()),
        ({"since": "2026-03-02"}, {"tench"}),
        ({"until": "2026-03-01"}, {"red fox"}),
        ({"since": "nonsense", "min_percent": "many"}, {"red fox", "tench"}),
        ({"until": "9999-12-31"}, {"red fox", "tench"}),
    ],
)
def test_it_is_filtered(ada: Client, user: User, serving: ModelVersion, query: dict[str, str], found: set[str]) -> None:
    make_prediction(user, serving, "red_fox", created_at=datetime(2026, 3, 1, 23, 59, tzinfo=UTC))
    make_prediction(user, serving, "tench", probability=0.1, created_at=datetime(2026, 3, 2, tzinfo=UTC))

    page = read(ada, "/predictions/", **query)

    assert {label for label in ("red fox", "tench") if f'tile-label">{label} (' in page} == found


def test_it_is_filtered_by_model(ada: Client, user: User, serving: ModelVersion) -> None:
    other = ModelVersion.objects.create(name="vgg-16", version="abc", manifest=serving.manifest)
    make_prediction(user, serving, "red_fox")
    make_prediction(user, other, "tench")

    page = read(ada, "/predictions/", model=other.pk)

    assert 'tile-label">tench (' in page
    assert 'tile-label">red fox (' not in page


def test_every_prediction_is_on_one_page_forth_and_back(
    ada: Client, user: User, serving: ModelVersion, settings: Any
) -> None:
    settings.CLASSIFIER_HISTORY_PAGE_SIZE = 2
    same_moment = datetime(2026, 3, 1, tzinfo=UTC)
    rows = {str(make_prediction(user, serving, f"label{n}", created_at=same_moment).pk) for n in range(5)}

    forth = walk(ada, "older")
    back = walk(ada, "newer", start=forth[-1].newer)

    assert [len(step.keys) for step in forth] == [2, 2, 1]
    assert {key for step in forth for key in step.keys} == rows
    assert [step.keys for step in back] == [step.keys for step in forth[1::-1]]


def test_a_filter_stays_on_the_next_page(ada: Client, user: User, serving: ModelVersion, settings: Any) -> None:
    settings.CLASSIFIER_HISTORY_PAGE_SIZE = 1
    for _ in range(2):
        make_prediction(user, serving, "red_fox")

    assert "&amp;search=fox" in read(ada, "/predictions/", search="fox")


def test_it_takes_no_more_queries_for_more_rows(
    ada: Client, user: User, serving: ModelVersion, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        make_prediction(user, serving, "red")

    with django_assert_max_num_queries(6):
        page = read(ada, "/predictions/")

    assert len(page) < 100_000


@pytest.mark.parametrize("cursor", ["nonsense", cursor_of("p=2026"), cursor_of("p=2026-03-01_x")])
def test_a_cursor_that_is_none_leads_to_the_newest(ada: Client, cursor: str) -> None:
    response = ada.get("/predictions/", {"cursor": cursor})

    assert response.headers["Location"] == "/predictions/"


def test_what_is_found_is_counted_though_another_filter_leaves_less_of_it(
    ada: Client, user: User, serving: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FEW", 1)
    for _ in range(3):
        make_prediction(user, serving, "red_fox", answer_kind="exact")
    make_prediction(user, serving, "red_fox", answer_kind="unsure")

    counts = [ada.get("/predictions/", query).context["count"] for query in ({"search": "fox"}, SURE)]
    monkeypatch.setattr(shown, "MOST_COUNTED", 1)
    more = ada.get("/predictions/", {"search": "fox"}).context["count"]

    assert counts == ["4 photos", "3 photos"]
    assert more == "more than 1 photos"


class Step:
    """One page of the history: what is on it and where it leads."""

    def __init__(self, response: Any) -> None:
        page = response.context["page"]
        self.keys = [str(row.pk) for row in page.predictions]
        self.older, self.newer = page.older, page.newer


def walk(client: Client, way: str, start: str = "") -> list[Step]:
    steps = [Step(client.get(f"/predictions/?{start}"))]
    while query := getattr(steps[-1], way):
        steps.append(Step(client.get(f"/predictions/?{query}")))
    return steps


def test_it_is_filtered_by_kind_of_answer(ada: Client, user: User, serving: ModelVersion) -> None:
    make_prediction(user, serving, "red_fox", answer_kind="exact")
    make_prediction(user, serving, "tench", answer_kind="unsure")

    page = read(ada, "/predictions/", answer="unsure")

    assert "Not sure: perhaps a tench (90 %)" in page
    assert "red fox (" not in page


def test_the_search_looks_at_all_labels_kept(ada: Client, user: User, serving: ModelVersion) -> None:
    top = [{"wnid": "", "label": name, "probability": 0.4} for name in ("cauliflower", "orange", "Eureka_lemon")]
    make_prediction(user, serving, "cauliflower", top=top)
    make_prediction(user, serving, "tench")

    found = [read(ada, "/predictions/", search=text).count('class="tile"') for text in ("eureka le", "wnid", "probab")]

    assert found == [1, 0, 0]


def test_the_least_sure_come_first_when_asked(ada: Client, user: User, serving: ModelVersion, settings: Any) -> None:
    settings.CLASSIFIER_HISTORY_PAGE_SIZE = 2
    rows = {str(make_prediction(user, serving, "tench", probability=p).pk): p for p in (0.5, 0.2, 0.9, 0.2, 0.7)}

    forth = walk(ada, "older", start="ordering=probability")
    back = walk(ada, "newer", start=forth[-1].newer)

    assert [rows[key] for step in forth for key in step.keys] == [0.2, 0.2, 0.5, 0.7, 0.9]
    assert [step.keys for step in back] == [step.keys for step in forth[1::-1]]


def test_days_are_headings(ada: Client, user: User, serving: ModelVersion) -> None:
    for hour in (1, 2, 30):
        make_prediction(user, serving, "tench", created_at=datetime(2025, 3, 1, tzinfo=UTC) + timedelta(hours=hour))

    page = read(ada, "/predictions/")

    assert page.index("2 March 2025") < page.index("1 March 2025")
    assert page.count("1 March 2025") == 1
    assert "March 2025</h2>" not in read(ada, "/predictions/", ordering="probability")


def test_days_are_those_of_the_browsers_time_zone(ada: Client, user: User, serving: ModelVersion) -> None:
    make_prediction(user, serving, "tench", created_at=datetime(2025, 3, 1, 23, 30, tzinfo=UTC))
    ada.cookies["timezone"] = "Asia/Tokyo"

    page = read(ada, "/predictions/", since="2025-03-02")

    assert "2 March 2025" in page
    assert "08:30" in page


def test_how_many_there_are_is_told(ada: Client, user: User, serving: ModelVersion) -> None:
    for number in range(3):
        make_prediction(user, serving, "red_fox" if number else "tench")

    assert "2 photos</p>" in read(ada, "/predictions/", search="fox")


def test_a_chip_sets_a_filter_and_takes_it_away(ada: Client, user: User, serving: ModelVersion) -> None:
    make_prediction(user, serving, "tench", answer_kind="unsure")

    page = read(ada, "/predictions/", search="ten", answer="unsure", cursor="")

    assert 'href="?search=ten" aria-current="true">Not sure</a>' in page
    assert 'href="?search=ten&amp;answer=broader">Broader</a>' in page


def test_the_selected_are_deleted_after_a_question_and_the_place_is_kept(
    ada: Client, user: User, other_user: User, serving: ModelVersion
) -> None:
    gone = [make_prediction(user, serving, "tench") for _ in range(2)]
    kept = [make_prediction(owner, serving, "tench") for owner in (user, other_user)]
    back = "/predictions/?search=ten&cursor=abc"
    sent = {"ids": [str(row.pk) for row in (*gone, kept[1])], "next": back, "action": "delete"}

    asked = ada.post("/predictions/selected/", sent).content.decode()
    response = ada.post("/predictions/selected/", {"ids": ",".join(sent["ids"]), "next": back, "confirmed": "1"})

    assert "Delete 2 predictions?" in asked
    assert response.headers["Location"] == back
    assert set(Prediction.objects.all()) == set(kept)


def test_the_selected_are_exported_alone(ada: Client, user: User, other_user: User, serving: ModelVersion) -> None:
    rows = [services.classify_upload(sender=Sender(user), upload=upload()).prediction for _ in range(2)]
    others = services.classify_upload(sender=Sender(other_user), upload=upload()).prediction

    response = ada.post("/predictions/selected/", {"ids": [rows[0].pk, others.pk], "action": "export"})
    archive = zipfile.ZipFile(BytesIO(b"".join(response)))

    assert archive.namelist() == ["account.json", "predictions.json", f"photos/{rows[0].pk}.jpg"]


@pytest.mark.parametrize("ids", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_nothing_selected_is_told(ada: Client, ids: str) -> None:
    response = ada.post(
        "/predictions/selected/", {"ids": ids, "action": "delete", "next": "//evil.example"}, follow=True
    )

    assert response.redirect_chain == [("/predictions/", 302)]
    assert "Select some photos first." in response.content.decode()
