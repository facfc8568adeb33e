"""Figures of several processes together, as gunicorn's workers have them."""

import os
import subprocess
import sys
from pathlib import Path

from classifier_project.settings import BASE_DIR

TWO_PROCESSES = """
import os
import django
from prometheus_client.multiprocess import mark_process_dead
django.setup()
from classifier import metrics
from classifier.predictions.admission import gate

def photos_in_work():
    name = "classifier_photos_in_work "
    return [line.removeprefix(name) for line in metrics.exposition().decode().splitlines() if line.startswith(name)]

is_at_work, is_at_work_there = os.pipe()
child = os.fork()
if not child:
    with gate.entered():
        os.write(is_at_work_there, b".")
        os.kill(os.getpid(), 9)
os.read(is_at_work, 1)
os.waitpid(child, 0)
with gate.entered():
    print(*photos_in_work())
    mark_process_dead(child)
    print(*photos_in_work())
print(*photos_in_work())
"""


def test_photos_of_all_processes_are_counted_and_those_of_the_dead_no_more(tmp_path: Path) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "classifier_project.settings", "DEBUG": "1"}
    environment |= {"DATA_DIR": str(tmp_path), "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}

    command = [sys.executable, "-W", "ignore", "-c", TWO_PROCESSES]
    done = subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False)

    assert done.stdout.split() == ["2.0", "1.0", "0.0"], done.stderr
