"""Thousands of requests made up from the API's own description: none finds an error of the server, or one it hides."""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

from benchmarks.live.photos import photo
from benchmarks.live.server import LiveServer, running
from benchmarks.results import ROOT
from faults.finding import Finding
from faults.schema_paths import extended

CASES_PER_OPERATION = 340
SPARE_TOKENS, SPARE_PHOTOS = 1500, 60
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
CHECKS += ",response_headers_conformance"
LINE = re.compile(r"^(?=\d{4}-\d\d-\d\dT)", re.MULTILINE)
"""Where a line of the log begins, with its moment."""
NO_LIMITS = {
    "CLASSIFIER_REGISTRATIONS_PER_HOUR": "1000000",
    "CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES": "1000000",
    "CLASSIFIER_PASSWORD_RESETS_PER_HOUR": "1000000",
}


def run(cases_per_operation: int = CASES_PER_OPERATION) -> list[Finding]:
    with running(environment=NO_LIMITS) as server:
        done = _schemathesis(server, _given(server), _description(server), cases_per_operation)
        log = server.log.read_text()
    cases = re.search(r"(\d[\d,]*) generated", done.stdout)
    failures = re.search(r"(\d+) found .*?unique failures", done.stdout)
    operations = re.search(r"Tested: (\d+)", done.stdout)
    tried = int(cases[1].replace(",", "")) if cases else 0
    if done.returncode != 0:
        print(done.stdout[-6000:], done.stderr[-1000:])
    return [
        Finding(
            "requests from the schema: server errors, undocumented answers",
            f"{failures[1] if failures else done.returncode} in {tried:,} cases of "
            f"{operations[1] if operations else 0} operations",
            done.returncode == 0 and tried >= min(5000, 15 * cases_per_operation),
        ),
        _tracebacks(log),
    ]


def _tracebacks(log: str) -> Finding:
    """Prints one of each kind, with the line of the log that it belongs to."""
    entries = [entry for entry in LINE.split(log) if "Traceback (most recent call last)" in entry]
    kinds = {entry.rstrip().rpartition("\n")[2]: entry for entry in entries}
    for count, kind in enumerate(kinds, 1):
        print(f"--- traceback {count} of {len(kinds)} kinds:\n{kinds[kind][:6000]}")
    return Finding("tracebacks in the log meanwhile", f"{len(entries)} {sorted(kinds) or ''}"[:300], not entries)


def _given(server: LiveServer) -> Path:
    """What the hooks need: tokens to end, photos to delete, and one of each that stays."""
    photos = [server.upload(photo(number)).json()["id"] for number in range(SPARE_PHOTOS + 1)]
    (server.home / "photo.jpg").write_bytes(photo(0))
    path = server.home / "given.json"
    given = {
        "token": server.token,
        "session": server.make_session(others=0),
        "spare_tokens": server.make_tokens(SPARE_TOKENS),
        "kept_photo": photos[0],
        "spare_photos": photos[1:],
        "photo": str(server.home / "photo.jpg"),
    }
    path.write_text(json.dumps(given))
    return path


def _description(server: LiveServer) -> Path:
    """The API's description, and that of what it leaves out."""
    described = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text())
    model = server.request("GET", "/api/v1/models/").json()["results"][0]["name"]
    path = server.home / "openapi.json"
    path.write_text(json.dumps(extended(described, model=model)))
    return path


def _schemathesis(
    server: LiveServer, given: Path, description: Path, cases_per_operation: int
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")),
            "run",
            str(description),
            f"--url=http://127.0.0.1:{server.port}",
            f"--checks={CHECKS}",
            f"--max-examples={cases_per_operation}",
            "--phases=examples,coverage,fuzzing",
            "--seed=1",
            "--request-timeout=30",
            "--no-color",
        ],
        cwd=server.home,
        env={
            **os.environ,
            "SCHEMATHESIS_HOOKS": str(Path(__file__).with_name("schema_hooks.py")),
            "FAULTS_GIVEN": str(given),
        },
        capture_output=True,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES_PER_OPERATION, help="of each operation")
    print(*run(parser.parse_args().cases), sep="\n")
