"""`python -m faults.gunicorn_server serve --port PORT` is gunicorn as it is shipped, with two workers."""

import os
import sys

from benchmarks.results import ROOT

if __name__ == "__main__":
    os.environ.update(PORT=sys.argv[sys.argv.index("--port") + 1], WEB_CONCURRENCY="2")
    os.execv(  # noqa: S606  # our own interpreter
        sys.executable, [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy/gunicorn.conf.py")]
    )
