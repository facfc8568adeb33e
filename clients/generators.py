"""How each client is generated from the schema, and the command that walks with it.

A generator makes its client in a folder and returns a command, to which the server's address, a photo and the name of
an account are added. Raises CalledProcessError.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from benchmarks.results import ROOT
from benchmarks.samples import FOLDER
from benchmarks.venvs import python_with

HERE = Path(__file__).parent
SCHEMA = ROOT / "docs/openapi.yaml"
Generator = Callable[[Path], list[str]]


def openapi_python_client(folder: Path) -> list[str]:
    python = _python()
    tool = Path(python).with_name("openapi-python-client")
    _run(tool, "generate", "--path", SCHEMA, "--output-path", folder / "generated", "--meta", "none")
    return [python, _walk(folder, "openapi_python_client.py")]


def openapi_generator(folder: Path) -> list[str]:
    _generate("python", folder)
    return [_python(), _walk(folder, "openapi_generator.py")]


def openapi_typescript(folder: Path) -> list[str]:
    modules = _node_modules()
    (folder / "node_modules").symlink_to(modules)
    for name in ("package.json", "walk.ts"):
        shutil.copy(HERE / "typescript" / name, folder / name)
    _run(modules / ".bin/openapi-typescript", SCHEMA, "--output", folder / "schema.d.ts")
    modern = ("--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler")
    _run(modules / ".bin/tsc", "--strict", *modern, "--lib", "es2022,dom", folder / "walk.ts")
    return ["node", str(folder / "walk.js")]


def openapi_generator_dart(folder: Path) -> list[str]:
    """Generated, and checked by Dart's own analyzer; nothing walks with it."""
    _generate("dart", folder)
    return ["dart", "analyze", str(folder), "--no-fatal-warnings"]


GENERATORS: dict[str, tuple[Generator, str, str]] = {
    "Python, openapi-python-client": (openapi_python_client, "python3", ""),
    "Python, OpenAPI Generator": (openapi_generator, "java", ""),
    "TypeScript, openapi-typescript and openapi-fetch": (openapi_typescript, "npm", "node"),
    "Dart, OpenAPI Generator": (openapi_generator_dart, "java", "dart"),
}
"""By name: the generator, and the programs without which it cannot be made and tried."""


def _generate(language: str, folder: Path) -> None:
    tool = Path(_python()).with_name("openapi-generator-cli")
    _run(tool, "generate", "-g", language, "-i", SCHEMA, "-o", folder)


def _python() -> str:
    return python_with(HERE / "requirements.txt", "clients")


def _walk(folder: Path, name: str) -> str:
    return str(shutil.copy(HERE / "walks" / name, folder / "walk.py"))


def _node_modules() -> Path:
    """The packages for TypeScript, installed when their list has changed."""
    home, wanted = FOLDER / "node/clients", (HERE / "typescript/package.json").read_text()
    installed = home / "installed.json"
    if not installed.exists() or installed.read_text() != wanted:
        home.mkdir(parents=True, exist_ok=True)
        (home / "package.json").write_text(wanted)
        _run("npm", "install", "--loglevel=error", "--no-fund", "--no-audit", "--prefix", home)
        installed.write_text(wanted)
    return home / "node_modules"


def _run(*command: object) -> None:
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    subprocess.run([*map(str, command)], check=True, capture_output=True, text=True, env=environment)
