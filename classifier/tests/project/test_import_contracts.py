"""The import contracts of pyproject.toml: each wrong door that was once open breaks one of them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DOORS = ("api", "web", "compat", "admin", "management")
MAKES_ACCOUNTS = re.compile(r"create_user|create_superuser|validate_password|password_validation")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the contracts are about."""
    copy = tmp_path_factory.mktemp("tree")
    for package in ("classifier", "classifier_project"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", "tests", "*.bin"))
    (copy / "classifier" / "tests").mkdir()
    (copy / "classifier" / "tests" / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def lint(tree: Path) -> tuple[bool, str]:
    """Whether all contracts are kept, and what was said."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    ended = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    return ended.returncode == 0, ended.stdout + ended.stderr


def test_the_tree_keeps_its_contracts(tree: Path) -> None:
    is_kept, said = lint(tree)

    assert is_kept, said


def test_no_door_makes_accounts_or_judges_passwords_itself() -> None:
    """What Django gives every room cannot be forbidden as an import."""
    files = [file for door in DOORS for file in (ROOT / "classifier" / door).rglob("*.py")]

    assert files
    assert not [str(file) for file in files if MAKES_ACCOUNTS.search(file.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    ("file", "wrong_import"),
    [
        ("classifier/predictions/services.py", "import classifier_project.wsgi"),
        ("classifier/inference/packaging/precision.py", "import django.conf"),
        ("classifier/accounts/sign_in.py", "import tensorflow"),
        ("classifier/inference/heat_maps_of_tomorrow.py", "import classifier.api.views.predictions"),
        ("classifier/inference/images/new_step.py", "import classifier.inference.engines"),
        ("classifier/storage/new_room.py", "import classifier.web.forms"),
        ("classifier/web/views/home.py", "from classifier.accounts import throttles"),
        ("classifier/compat/fifth_protocol.py", "from classifier.predictions.admission import gate"),
        ("classifier/management/commands/classify.py", "import classifier.inference.images.decoding"),
        ("classifier/new_module_at_the_root.py", ""),
    ],
)
def test_a_wrong_import_breaks_them(tree: Path, file: str, wrong_import: str) -> None:
    path = tree / file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{wrong_import}\n", encoding="utf-8")

    is_kept, said = lint(tree)

    if before is None:
        path.unlink()
    else:
        path.write_text(before, encoding="utf-8")
    assert not is_kept
    assert "BROKEN" in said or "missing" in said.lower(), said
