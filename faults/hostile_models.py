"""Model folders and files from strangers: refused in plain words, with nothing read or written beyond their place."""

import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.live.refusal import refusal_of
from benchmarks.live.server import LiveServer
from faults.finding import Finding

SECRET = "what the operator keeps to himself"  # noqa: S105
NESTED = "[" * 100_000
Spoil = Callable[[Path], object]


def run() -> list[Finding]:
    with tempfile.TemporaryDirectory(prefix="faults-models-") as name:
        folder = Path(name)
        (folder / "secret").write_text(SECRET)
        (folder / "labels.txt").write_text("cat\ndog\n")
        server = LiveServer(folder / "server")
        server.manage("migrate", "--verbosity", "0")
        whole = _whole_model(folder)
        commands = {
            **{what: [str(_spoilt(whole, folder, number, spoil))] for number, (what, spoil) in enumerate(_folders())},
            **{what: _of_file(folder, what, content) for what, content in _files().items()},
        }
        before = _outside(folder)
        told = {what: refusal_of(server, "install_model", *command) for what, command in commands.items()}
        new, models = _outside(folder) - before, list((server.home / "models").rglob("*"))
        _link(whole / "report.png", folder / "secret")
        server.manage("install_model", str(whole))
        installed = sorted(path.name for path in (server.home / "models").rglob("*") if path.is_file())
    plain = [what for what, said in told.items() if said and "Traceback" not in said]
    return [
        Finding(
            "hostile models: refused without a traceback",
            f"{len(plain)} of {len(told)} {sorted(set(told) - set(plain)) or ''}",
            len(plain) == len(told),
        ),
        Finding(
            "hostile models: files written beyond their place, or left in it",
            f"{len(new)} and {len(models)} {sorted(new)[:3] or ''}",
            not new and not models,
        ),
        Finding(
            "a folder with a picture, which is a link, beside its model: installed, without it",
            f"{len(installed)} files, the picture among them: {'report.png' in installed}",
            "model.json" in installed and "report.png" not in installed,
        ),
    ]


def _whole_model(folder: Path) -> Path:
    """What a new server gets."""
    other = LiveServer(folder / "other")
    other.manage("migrate", "--verbosity", "0")
    other.manage("prepare_model")
    (model, *_) = (path for path in (other.home / "models").iterdir() if path.is_dir())
    return model


def _folders() -> list[tuple[str, Spoil]]:
    """Each is that of a whole model but for one thing."""
    return [
        ("a report that is a link", lambda path: _link(path / "report.json", path.parent / "secret")),
        ("labels that are a link", lambda path: _link(path / "labels.json", path.parent / "secret")),
        ("a name that leads elsewhere", lambda path: _rewrite(path, name="../../escaped")),
        ("a name that is a path", lambda path: _rewrite(path, name="/tmp/escaped")),  # noqa: S108  # is not used
        ("a name that is HTML", lambda path: _rewrite(path, name="<img src=x>")),
        ("a figure that is HTML", lambda path: _rewrite(path, accuracy={"<b>": "<script>"})),
        ("facts without an end", lambda path: (path / "model.json").write_text(NESTED)),
    ]


def _files() -> dict[str, bytes]:
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w") as archive:
        archive.writestr("config.json", NESTED)
        archive.writestr("metadata.json", "{}")
    return {
        "random.keras": bytes(range(256)) * 100,
        "nested.keras": nested.getvalue(),
        "random.h5": b"\x89HDF\r\n\x1a\n" + bytes(range(256)) * 100,
        "random.onnx": bytes(range(256)) * 100,
    }


def _spoilt(whole: Path, folder: Path, number: int, spoil: Spoil) -> Path:
    copy = folder / f"model-{number}"
    shutil.copytree(whole, copy)
    spoil(copy)
    return copy


def _of_file(folder: Path, name: str, content: bytes) -> list[str]:
    (folder / name).write_bytes(content)
    return [str(folder / name), "--labels", str(folder / "labels.txt")]


def _link(path: Path, to: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(to)


def _rewrite(folder: Path, **facts: object) -> None:
    manifest = folder / "model.json"
    facts = {**json.loads(manifest.read_text()), **facts}
    manifest.unlink()
    manifest.write_text(json.dumps(facts))


def _outside(folder: Path) -> set[str]:
    """All files but those of the server's own database, log and temporary folder."""
    own = folder / "server"
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_relative_to(own)}


if __name__ == "__main__":
    print(*run(), sep="\n")
