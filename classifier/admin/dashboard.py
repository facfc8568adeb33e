"""The admin's dashboard: how much is used, and what the newest predictions look like, in figures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from classifier.admin.base import ReadOnlyAdmin
from classifier.admin.day_counts import per_day
from classifier.models import Feedback, Prediction, StorageUse
from classifier.storage.local import free_bytes

WINDOWS_DAYS = (7, 30, 90)
DEFAULT_WINDOW_DAYS = 30
SAMPLE = 2_000
"""How many of the newest predictions the distributions are computed from, so that a long history costs no more."""
LABELS_SHOWN, USERS_SHOWN, PROBABILITY_BINS = 12, 10, 20
STEPS = ("decode", "preprocess", "inference", "store")
PERCENTILES = (50, 90, 99)
CHART_WIDTH, CHART_HEIGHT = 720, 160


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart, in the units of its view box."""

    name: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Share:
    """A line of a ranking; `share` is relative to the first line."""

    name: str
    figure: int
    share: float
    note: int = 0


@dataclass(frozen=True, slots=True)
class Latency:
    step: str
    percentiles_ms: tuple[float, ...]


def dashboard(request: HttpRequest, predictions_admin: ReadOnlyAdmin) -> HttpResponse:
    """The page, for those who may see predictions. Raises PermissionDenied."""
    if not predictions_admin.has_view_permission(request):
        raise PermissionDenied
    requested = request.GET.get("days", "")
    days = int(requested) if requested in map(str, WINDOWS_DAYS) else DEFAULT_WINDOW_DAYS
    context = {
        **predictions_admin.admin_site.each_context(request),
        **figures(days=days, now=timezone.now()),
        "title": "Dashboard",
        "days": days,
        "windows": WINDOWS_DAYS,
        "opts": predictions_admin.opts,
        "media": predictions_admin.media,
        "chart": (CHART_WIDTH, CHART_HEIGHT),
        "percentiles": PERCENTILES,
    }
    return TemplateResponse(request, "classifier/admin_dashboard.html", context)


def figures(*, days: int, now: datetime) -> dict[str, Any]:
    """All figures of the last `days` days, up to `now`."""
    counts = per_day(days, now)
    since = datetime.combine(counts[0][0], time.min, UTC)
    sample = _sample(since)
    use = StorageUse.objects.aggregate(photos=Sum("photos"), bytes=Sum("byte_size"))
    return {
        "total": sum(count for _, count in counts),
        "per_day": _columns([(f"{day:%-d %b}", count) for day, count in counts]),
        "busiest": max(count for _, count in counts),
        "sampled": len(sample),
        "labels": _ranking(Counter(row[0] for row in sample).most_common(LABELS_SHOWN)),
        "answers": _ranking(Counter(row[2] for row in sample if row[2]).most_common()),
        "probabilities": _columns(_histogram([row[1] for row in sample])),
        "latencies": [_latency(step, [row[3 + index] for row in sample]) for index, step in enumerate(STEPS)],
        "users": _users(),
        "feedback": _feedback(since, total=sum(count for _, count in counts)),
        "photos": use["photos"] or 0,
        "bytes": use["bytes"] or 0,
        "free_bytes": free_bytes(),
    }


def _sample(since: datetime) -> Sequence[tuple[Any, ...]]:
    names = ("label", "probability", "answer_kind", *(f"{step}_ms" for step in STEPS))
    return list(Prediction.objects.filter(created_at__gte=since).values_list(*names)[:SAMPLE])


def _feedback(since: datetime, *, total: int) -> dict[str, int]:
    """How many of the predictions since then were said to be right, wrong, or of how many nothing was said."""
    recent = Prediction.objects.filter(pk=OuterRef("prediction"), created_at__gte=since)  # each by its key
    rows = Feedback.objects.filter(Exists(recent)).order_by().values_list("verdict")
    said = dict(rows.annotate(count=Count("pk")))
    right, wrong = said.get(Feedback.Verdict.RIGHT, 0), said.get(Feedback.Verdict.WRONG, 0)
    return {"right": right, "wrong": wrong, "none": max(0, total - right - wrong)}


def _histogram(probabilities: Sequence[float]) -> list[tuple[str, int]]:
    bins = Counter(min(int(value * PROBABILITY_BINS), PROBABILITY_BINS - 1) for value in probabilities)
    step = 100 // PROBABILITY_BINS
    return [(f"{index * step} to {(index + 1) * step}%", bins[index]) for index in range(PROBABILITY_BINS)]


def _latency(step: str, values_ms: list[float]) -> Latency:
    """Percentiles by nearest rank."""
    ranked = sorted(values_ms)
    percentiles = tuple(ranked[max(0, -(-len(ranked) * part // 100) - 1)] for part in PERCENTILES) if ranked else ()
    return Latency(step, percentiles)


def _users() -> list[Share]:
    rows = StorageUse.objects.order_by("-photos", "owner_id").values_list("owner__username", "photos", "byte_size")
    users = [row for row in rows[:USERS_SHOWN] if row[1]]
    most = users[0][1] if users else 1
    return [Share(name, photos, photos / most, note=size) for name, photos, size in users]


def _ranking(counts: list[tuple[str, int]]) -> list[Share]:
    return [Share(name, count, count / counts[0][1]) for name, count in counts]


def _columns(counts: list[tuple[str, int]]) -> list[Column]:
    pitch = CHART_WIDTH / len(counts)
    most = max(1, *(count for _, count in counts))
    columns = []
    for index, (name, count) in enumerate(counts):
        height = round(CHART_HEIGHT * count / most, 1)
        left, width = round(index * pitch, 1), round(pitch * 0.8, 1)
        columns.append(Column(name, count, left, CHART_HEIGHT - height, width, height))
    return columns
