"""Gunicorn, the other way to serve: `gunicorn --config deploy/gunicorn.conf.py`, behind nginx; docs/going-live.md.

Each worker has a model of its own, loaded after the fork and warm before it accepts connections, so that `--preload`
works and no request meets a worker that is not ready.
"""

import math
import os
import shutil
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

chdir = str(Path(__file__).resolve().parent.parent)
sys.path.insert(0, chdir)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
# Before anything imports the metrics. Fresh for each start: figures of an earlier one are no longer true.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _figures = tempfile.mkdtemp(prefix="classifier-metrics-")

from prometheus_client.multiprocess import mark_process_dead  # noqa: E402

from classifier.conf import conf  # noqa: E402
from classifier.management import gunicorn_hooks  # noqa: E402
from classifier.server.limits import Limits  # noqa: E402

_limits = Limits()
wsgi_app = "classifier_project.wsgi"
worker_class = "gthread"
try:
    workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
    _host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
    bind = [f"{_host}:{settings.PORT}"]
    # One for each photo that the gate takes or queues; with fewer, photos would wait where no gate counts them.
    threads = conf.max_concurrent_photos + conf.max_waiting_photos + _limits.spare_threads
except ImproperlyConfigured as error:
    sys.exit(str(error))
worker_connections = 1000
timeout = 60
graceful_timeout = math.ceil(_limits.drain_s)
keepalive = 0  # nginx on the same machine connects anew: at a restart, no request meets a connection that just closed
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  # a busy disk stops no heartbeat
control_socket_disable = True


def on_starting(server):
    gunicorn_hooks.refuse_unfit()


def post_worker_init(worker):
    gunicorn_hooks.start_worker(worker)


def worker_exit(server, worker):
    gunicorn_hooks.end_worker()


def child_exit(server, worker):
    mark_process_dead(worker.pid)  # its photos in progress are so no more; what it counted stays counted


def on_exit(server):
    shutil.rmtree(_figures, ignore_errors=True)
