"""OpenVINO without its telemetry."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
IMPORT = "from classifier.inference.openvino_runtime import core; core.available_devices"


@pytest.mark.parametrize("before", ["", "import openvino_telemetry.main; "])
def test_it_is_imported_without_its_telemetry(tmp_path: Path, before: str) -> None:
    code = f"{before}{IMPORT}; import sys; print(any(sys.modules[n] for n in sys.modules if 'openvino_telemetry' in n))"

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "False"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "statement",
    [
        "import openvino",
        "from openvino import Core",
        "import openvino.opset13 as o",
        "from classifier.inference.openvino_runtime import ov\n\nov.Core()",
    ],
)
def test_the_linter_refuses_other_doors_to_it(statement: str) -> None:
    ruff = Path(sys.executable).with_name("ruff")

    done = subprocess.run(
        [ruff, "check", "--stdin-filename", "classifier/training/new_room.py", "-"],
        input=f"{statement}\n",
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "TID251" in done.stdout


def test_networks_that_come_and_go_leave_their_thread_to_its_signals() -> None:
    """In a process of its own, which would end with them."""
    code = """
import signal
import numpy as np
from classifier.inference.openvino_runtime import core, opset, ov
def network():
    photo = opset.parameter([1, 4], ov.Type.f32)
    return core.compile_model(ov.Model([opset.softmax(photo, axis=1)], [photo], "any"), "CPU")
first, second = network(), network()
for one in (first, second):
    one(np.zeros((1, 4), np.float32))
del first, one
del second
signal.signal(signal.SIGINT, lambda *_: print("met"))
signal.raise_signal(signal.SIGINT)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.strip()) == (0, "met"), done.stderr
