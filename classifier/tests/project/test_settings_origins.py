"""Scripts of other origins' pages: those that are listed may call the API with a token, and nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from classifier_project.settings import BASE_DIR

ASK = """
import json, sys
import django
django.setup()
from django.test import Client
found = []
wanted = {"Host": "localhost", "Access-Control-Request-Method": "POST",
          "Access-Control-Request-Headers": "authorization, idempotency-key"}
API = "/api/v1/predictions/"
for path, origin in ((API, "app.example.org"), (API, "evil.example"), ("/sign-in/", "app.example.org")):
    answer = Client().options(path, headers={**wanted, "Origin": f"https://{origin}"})
    found.append([answer.get("Access-Control-Allow-Origin"), answer.get("Access-Control-Allow-Credentials"),
                  "idempotency-key" in answer.get("Access-Control-Allow-Headers", "")])
print(json.dumps(found))
"""


@pytest.mark.parametrize(
    ("origins", "first"),
    [("", [None, None, False]), ("https://app.example.org", ["https://app.example.org", None, True])],
)
def test_an_origin_that_is_listed_may_call_the_api(tmp_path: Path, origins: str, first: list[object]) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "classifier_project.settings",
        "CORS_ALLOWED_ORIGINS": origins,
    }

    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == [first, [None, None, False], [None, None, False]]
