"""`python -m benchmarks.live.pinned FOLDER SECONDS CORE`: how often a model folder's network runs on one core alone."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.results import ROOT

PER_S = "photos a second: "


def photos_per_s(folder: Path, *, cores: Sequence[int], seconds: float) -> float:
    """Of so many processes at once, each on its core: nothing but their networks."""
    command = [sys.executable, "-m", "benchmarks.live.pinned", str(folder), str(seconds)]
    running = [
        subprocess.Popen([*command, str(core)], cwd=ROOT, stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL)
        for core in cores
    ]
    printed = [process.communicate()[0] for process in running]
    return sum(float(text.rpartition(PER_S)[2]) for text in printed)


def main(folder: Path, seconds: float, core: int) -> None:
    os.sched_setaffinity(0, {core})
    from classifier.inference.engines import open_engine
    from classifier.inference.packaging.manifests import read_manifest

    size = read_manifest(folder).preprocessing
    engine = open_engine("openvino", folder, size)
    pixels = np.zeros((1, size.height_px, size.width_px, 3), np.float32)
    began, count = time.monotonic(), 0
    while time.monotonic() < began + seconds:
        engine.predict(pixels)
        count += 1
    print(f"{PER_S}{count / (time.monotonic() - began)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
