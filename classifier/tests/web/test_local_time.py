"""Which time zone pages show times in."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from classifier.models import ModelVersion
from classifier.tests.rows import make_prediction
from classifier.tests.web.reading import read


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("Europe/Berlin", "1 March 2025, 13:00 CET"), ("", "1 March 2025, 12:00 UTC"), ("../etc/passwd", "12:00 UTC")],
)
def test_pages_have_the_browsers_time(ada: Client, user: User, serving: ModelVersion, zone: str, shown: str) -> None:
    row = make_prediction(user, serving, "tench", created_at=datetime(2025, 3, 1, 12, tzinfo=UTC))
    ada.cookies["timezone"] = zone

    assert shown in read(ada, f"/predictions/{row.pk}/")


def test_the_api_has_utc_whoever_asks(ada: Client, user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, "tench", created_at=datetime(2025, 3, 1, 12, tzinfo=UTC))
    ada.cookies["timezone"] = "Europe/Berlin"

    assert ada.get(f"/api/v1/predictions/{row.pk}/").json()["created_at"] == "2025-03-01T12:00:00Z"
