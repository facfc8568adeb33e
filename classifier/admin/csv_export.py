"""Predictions as CSV for spreadsheets, streamed."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from classifier.models import Prediction

CHUNK_ROWS = 2000
COLUMNS = (
    "id", "created_at", "owner", "label", "wnid", "probability", "model", "width_px", "height_px", "bytes",
    "content_type", "sha256", "decode_ms", "preprocess_ms", "inference_ms", "store_ms",
)  # fmt: skip


class _Echo:
    """A file whose `write` returns what was written."""

    def write(self, line: str) -> str:
        return line


def csv_response(rows: "QuerySet[Prediction]") -> StreamingHttpResponse:
    """A line for each prediction, however many there are."""
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="predictions.csv"'
    return response


def _lines(rows: "QuerySet[Prediction]") -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for prediction in rows.select_related("owner", "model_version").iterator(chunk_size=CHUNK_ROWS):
        yield writer.writerow(map(_escape_formula, _cells(prediction)))


def _cells(row: Prediction) -> Iterable[Any]:
    facts = (row.pk, row.created_at.isoformat(), row.owner.get_username(), row.label, row.wnid, row.probability)
    photo = (row.model_version, row.width, row.height, row.byte_size, row.content_type, row.sha256)
    return (*facts, *photo, row.decode_ms, row.preprocess_ms, row.inference_ms, row.store_ms)


def _escape_formula(cell: Any) -> Any:
    """Spreadsheets run text that starts with these characters as a formula; people choose names and labels."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
