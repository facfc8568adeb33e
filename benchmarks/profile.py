"""Where a request's time goes: the real server in this process, its steps timed while wrk sends photos to it.

`python -m benchmarks.profile` prints the tables of benchmarks/README.md.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict, dataclass

from benchmarks.live import client
from benchmarks.live.server import PREDICTIONS, free_port
from benchmarks.load import Load, ensure_wrk, put_under_load
from benchmarks.models import add_model_option, available
from benchmarks.peers.servers import this_project
from benchmarks.results import ROOT, parser_of, write_result
from benchmarks.samples import FOLDER, SIZES, body
from benchmarks.stopwatch import StepNotFoundError, Stopwatch, between_ms, typical_ms

STEPS = {
    "receive": ("waitress.channel:HTTPChannel.handle_read", "waitress.wasyncore:dispatcher.recv"),
    "parse headers": ("waitress.parser:HTTPRequestParser.parse_header",),
    "find the file in the form": ("classifier.api.photo_forms:PhotoFormParser.parse",),
    "token, limits": (
        "classifier.api.authentication:TokenAuthentication.authenticate",
        "classifier.accounts.throttles:Throttle.hit",
    ),
    "write flow: hash, queue, room on the disk": ("classifier.predictions.services:classify_upload",),
    "decode": ("classifier.predictions.intake:decode_photo",),
    "preprocess": ("classifier.inference.service:preprocess_image",),
    "wait for the network": ("classifier.inference.engines.openvino:OpenVinoEngine.start()",),
    "thumbnail, while the network runs": (
        "classifier.predictions.services:scaled_to_thumbnail",
        "classifier.predictions.services:make_thumbnail",
    ),
    "quality, while the network runs": ("classifier.predictions.services:assess_quality",),
    "write files": ("classifier.predictions.services:write_files",),
    "fsync": ("os:fsync",),
    "database": (
        "django.db.backends.sqlite3.base:SQLiteCursorWrapper.execute",
        "django.db.backends.base.base:BaseDatabaseWrapper.commit",
        "django.db.backends.base.base:BaseDatabaseWrapper.set_autocommit",
    ),
    "wait for a turn to write": ("classifier.storage.sqlite.base:DatabaseWrapper.take_turn",),
    "quota, row": ("classifier.accounts.quotas:add", "classifier.storage.rows:Columns.insert"),
    "serialise": (
        "classifier.api.serializers.predictions:PredictionSerializer.to_representation",
        "rest_framework.renderers:JSONRenderer.render",
    ),
    "log, metrics": (
        "structlog.stdlib:BoundLogger.info",
        "classifier.metrics:count_request",
        "classifier.metrics:observe",
    ),
    "send": ("classifier.server.channel:Channel.send",),
    "Django, DRF, waitress": ("waitress.task:WSGITask.execute",),
}
"""Step to the public names that are timed: what a step takes itself, without other steps that it calls."""
BEGINS_REQUEST = "parse headers"
REST = "the rest: the network's own threads, handovers, loopback"
CROWD = 8


@dataclass(frozen=True, slots=True)
class Profile:
    """Milliseconds of each step for photos of one size: of one client's requests, and of eight clients'."""

    size: str
    wall_ms: dict[str, float]
    cpu_ms: dict[str, float]
    crowd_cpu_ms: dict[str, float]


def main() -> None:
    parser = parser_of("profile", __doc__)
    add_model_option(parser)
    parser.add_argument("--size", nargs="+", choices=list(SIZES), default=list(SIZES))
    parser.add_argument("--seconds", type=float, default=8, help="of each measurement")
    options = parser.parse_args()
    ensure_wrk()
    models = [name for name, _ in available(options.model)]
    if len(models) > 1:
        profile_each(models, options)
    elif models:
        profiles = profile(models[0], options.size, options.seconds)
        for one in profiles:
            print(f"{models[0]}, {one.size}", "", *lines(one), "", sep="\n", flush=True)
        if options.save:
            write_result(f"profile_{models[0]}", {"profiles": [asdict(one) for one in profiles]})


def profile_each(models: list[str], options: Namespace) -> None:
    """In a process each: a process serves once. Raises CalledProcessError."""
    given = ["--size", *options.size, "--seconds", str(options.seconds), *(["--save"] if options.save else [])]
    for model in models:
        subprocess.run([sys.executable, "-m", "benchmarks.profile", "--model", model, *given], cwd=ROOT, check=True)


def profile(model: str, sizes: list[str], seconds: float) -> list[Profile]:
    """Serves in this thread while another sends photos. Raises StepNotFoundError, and whatever stops either."""
    server = this_project(model)
    os.environ.update(server.whole_environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "classifier_project.settings"
    stopwatch, port = Stopwatch(), free_port()
    found: list[Profile] = []
    failures: list[Exception] = []

    def send_photos() -> None:
        try:
            client.wait_until_ready(port)
            for size in sizes:
                found.append(measure(stopwatch, port, size, seconds, server.authorization["Authorization"]))
        except Exception as error:
            failures.append(error)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    serve(stopwatch, port, send_photos)
    if failures:
        raise failures[0]
    return found


def serve(stopwatch: Stopwatch, port: int, send_photos: Callable[[], None]) -> None:
    """`manage.py serve` in this thread, its steps timed, until the sending thread ends it; its log is kept aside."""
    import django
    from django.core.management import call_command

    django.setup()
    for step, names in STEPS.items():
        for name in names:
            stopwatch.watch(step, name, begins_request=step == BEGINS_REQUEST)
    threading.Thread(target=send_photos).start()
    with (FOLDER / "profile.log").open("w") as log:
        standard_error = os.dup(2)
        os.dup2(log.fileno(), 2)
        try:
            call_command("serve", port=port, stdout=log)
        finally:
            os.dup2(standard_error, 2)


def measure(stopwatch: Stopwatch, port: int, size: str, seconds: float, authorization: str) -> Profile:
    """One client, whose requests are told apart; then eight, of whose requests the mean is known.

    Raises StepNotFoundError when a step was never met, whose time would be another's.
    """

    def load(clients: int, seconds: float) -> Load:
        url = f"http://127.0.0.1:{port}{PREDICTIONS}"
        return put_under_load(url, body=body(size), clients=clients, seconds=seconds, authorization=authorization)

    load(1, 2)
    stopwatch.start(splits=True)
    load(1, seconds)
    if uncalled := stopwatch.uncalled:
        raise StepNotFoundError(f"No request came past {', '.join(uncalled)}.")
    records = stopwatch.stop()
    typical = {step: typical_ms(records, step) for step in STEPS}
    wall_ms, cpu_ms = between_ms(records)
    stopwatch.start(splits=False)
    cpu_before = time.process_time()
    photos = load(CROWD, seconds).answered
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
    columns = (profile.wall_ms, profile.cpu_ms, profile.crowd_cpu_ms)
    rows = [f"| {step} | " + " | ".join(f"{column[step]:.2f}" for column in columns) + " |" for step in profile.wall_ms]
    return [f"| step | ms | CPU ms | CPU ms, {CROWD} clients |", "|---|--:|--:|--:|", *rows]


def _with_rest(steps: dict[str, float], whole: float) -> dict[str, float]:
    return {**steps, REST: whole - sum(steps.values()), "all": whole}


if __name__ == "__main__":
    main()
