"""Where a request's time goes: the real server in this process, its steps timed while wrk sends photos to it.

`python -m benchmarks.profile` prints the table of benchmarks/README.md.
"""

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import material
from benchmarks.load import Load, ensure_wrk, put_under_load
from benchmarks.peers.contestants import CONTESTANTS
from benchmarks.serving import free_port, wait_until_ready
from benchmarks.stopwatch import Stopwatch, between_ms, typical_ms

STEPS = {
    "receive": ("waitress.channel:HTTPChannel.handle_read", "waitress.wasyncore:dispatcher.recv"),
    "parse headers": ("waitress.parser:HTTPRequestParser.parse_header",),
    "find the file in the form": ("django.http.multipartparser:MultiPartParser._parse",),
    "token, limits": (
        "classifier.api.authentication:TokenAuthentication.authenticate",
        "classifier.accounts.throttles:Throttle.hit",
    ),
    "hash": ("classifier.predictions.services:_sha256",),
    "wait for a turn": ("classifier.predictions.admission:Gate._enter",),
    "decode": ("classifier.inference.images.decoding:decode_photo",),
    "preprocess": ("classifier.inference.preprocessing:preprocess_image",),
    "wait for the network": (
        "classifier.inference.engines.openvino:OpenVinoEngine.start",
        "classifier.inference.engines.openvino:OpenVinoEngine._finish",
    ),
    "thumbnail": ("classifier.inference.images.renditions:make_thumbnail",),
    "write files": ("classifier.models:Prediction.write_files",),
    "fsync": ("os:fsync",),
    "database": (
        "django.db.backends.sqlite3.base:SQLiteCursorWrapper.execute",
        "django.db.backends.base.base:BaseDatabaseWrapper._commit",
        "django.db.backends.sqlite3.base:DatabaseWrapper._start_transaction_under_autocommit",
    ),
    "ORM": ("classifier.accounts.quotas:add", "django.db.models.base:Model.save"),
    "serialise": (
        "classifier.api.serializers.predictions:PredictionSerializer.to_representation",
        "rest_framework.renderers:JSONRenderer.render",
    ),
    "log, metrics": ("classifier.server.request_log:RequestLog._log", "classifier.metrics:observe"),
    "send": ("classifier.server.channel:Channel.send",),
    "Django, DRF, waitress": ("waitress.task:WSGITask.execute",),
}
"""Step to what is timed: what a step takes itself, without other steps that it calls."""
REST = "the rest: the network's own threads, handovers, loopback"


@dataclass
class Profile:
    size: str
    wall_ms: dict[str, float]
    cpu_ms: dict[str, float]
    crowd_cpu_ms: dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.add_argument("--size", nargs="+", choices=list(material.SIZES), default=list(material.SIZES))
    parser.add_argument("--seconds", type=float, default=8, help="of each measurement")
    options = parser.parse_args()
    ensure_wrk()
    prepared = CONTESTANTS["server"].prepare()
    os.environ.update(prepared.environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "classifier_project.settings"
    stopwatch, port = Stopwatch(), free_port()
    found: list[Profile] = []
    failures: list[Exception] = []

    def ask() -> None:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_ready(address)
            url = address + CONTESTANTS["server"].path
            found.extend(
                measure(stopwatch, url, size, options.seconds, prepared.authorization) for size in options.size
            )
        except Exception as error:
            failures.append(error)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    serve(stopwatch, port, ask)
    if failures:
        raise failures[0]
    for profile in found:
        print(*lines(profile), "", sep="\n")
    for name in stopwatch.missing:
        print(f"not found, so not timed: {name}", file=sys.stderr)


def serve(stopwatch: Stopwatch, port: int, ask: Callable[[], None]) -> None:
    """`manage.py serve` in this thread, its steps timed, until the asking thread ends it; its log is kept aside."""
    import django
    from django.core.management import call_command

    django.setup()
    for step, names in STEPS.items():
        for name in names:
            stopwatch.watch(step, name, begins_request=step == "parse headers")
    threading.Thread(target=ask).start()
    with (material.FOLDER / "profile.log").open("w") as log:
        standard_error = os.dup(2)
        os.dup2(log.fileno(), 2)
        try:
            call_command("serve", port=port, stdout=log)
        finally:
            os.dup2(standard_error, 2)


def measure(stopwatch: Stopwatch, url: str, size: str, seconds: float, authorization: str) -> Profile:
    """One client, whose requests are told apart; then eight, of whose requests the mean is known."""

    def load(clients: int, seconds: float) -> Load:
        return put_under_load(
            url, body=material.body(size), clients=clients, seconds=seconds, authorization=authorization
        )

    load(1, 2)
    stopwatch.start(splits=True)
    load(1, seconds)
    records = stopwatch.stop()
    typical = {step: typical_ms(records, step) for step in STEPS}
    wall_ms, cpu_ms = between_ms(records)
    stopwatch.start(splits=False)
    cpu_before = time.process_time()
    photos = load(8, seconds).answered
    crowd_cpu_s = time.process_time() - cpu_before
    (crowd,) = stopwatch.stop()
    crowd_ms = {step: crowd.steps[step].cpu_s / photos * 1000 for step in STEPS}
    return Profile(
        size,
        _with_rest({step: wall for step, (wall, _) in typical.items()}, wall_ms),
        _with_rest({step: cpu for step, (_, cpu) in typical.items()}, cpu_ms),
        _with_rest(crowd_ms, crowd_cpu_s / photos * 1000),
    )


def lines(profile: Profile) -> list[str]:
    """The table, as Markdown."""
    table = [
        f"| {profile.size}: step | ms | CPU ms | CPU ms, 8 clients |",
        "|---|--:|--:|--:|",
    ]
    columns = (profile.wall_ms, profile.cpu_ms, profile.crowd_cpu_ms)
    for step in profile.wall_ms:
        table.append(f"| {step} | " + " | ".join(f"{column[step]:.2f}" for column in columns) + " |")
    return table


def _with_rest(steps: dict[str, float], whole: float) -> dict[str, float]:
    return {**steps, REST: whole - sum(steps.values()), "all": whole}


if __name__ == "__main__":
    main()
