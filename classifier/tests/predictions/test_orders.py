"""The orders in which a history is read."""

import pytest
from django.contrib.auth.models import User

from classifier.models import ModelVersion, Prediction
from classifier.predictions import orders
from classifier.tests.rows import make_prediction


def test_what_is_alike_goes_by_the_newest_and_then_by_the_id() -> None:
    assert orders.by(["probability"]).fields == ("probability", "-created_at", "-id")
    assert orders.by(["-created_at", "probability"]).fields == ("-created_at", "probability", "-id")
    assert orders.by([]) == orders.of(Prediction.objects.all()) == orders.NEWEST


@pytest.mark.parametrize("choices", [["-created_at"], ["probability"]])
def test_a_position_says_its_row_to_the_last_digit(choices: list[str], user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, "tabby", probability=0.1 + 0.2)
    order = orders.by(choices)

    values = order.read(order.position_of(row))

    assert dict(zip((field.removeprefix("-") for field in order.fields), values, strict=True)) == {
        name: value
        for name, value in (("probability", row.probability), ("created_at", row.created_at), ("id", row.pk))
        if name != "probability" or "probability" in choices
    }
    assert not Prediction.objects.filter(order.after(order.position_of(row))).exists()


@pytest.mark.parametrize("position", ["", "_", "0.5", "0.5_2026-03-01", "a_b_c", "0.5_2026-03-01T00:00:00+00:00_1"])
def test_what_is_no_position_is_an_error(position: str) -> None:
    with pytest.raises(ValueError, match=r"zip|Invalid|convert|badly"):
        orders.by(["probability"]).read(position)
