"""Environments of their own, for servers that need other packages than this project."""

import subprocess
import venv
from pathlib import Path

from benchmarks.results import ROOT
from benchmarks.samples import FOLDER

VENVS = FOLDER / "venvs"


def python_with(requirements: Path, name: str) -> str:
    """The interpreter of an environment with these packages, which is made and filled when they changed."""
    folder = VENVS / name
    installed, python = folder / "installed.txt", folder / "bin/python"
    if not installed.exists() or installed.read_text() != requirements.read_text():
        print(f"installing {name} into {folder.relative_to(ROOT)}; some minutes the first time", flush=True)
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", requirements], check=True)
        installed.write_text(requirements.read_text())
    return str(python)
