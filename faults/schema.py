"""Thousands of requests made up from the API's own description: none finds an error of the server, or one it hides."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from faults.finding import Finding
from faults.server import ROOT, running

CASES_PER_OPERATION = 300
LIMITS = ("CLASSIFIER_REGISTRATIONS_PER_HOUR", "CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES")
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def run() -> list[Finding]:
    with running(
        CLASSIFIER_REGISTRATIONS_PER_HOUR="1000000", CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES="1000000"
    ) as server:
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [
                    str(Path(sys.executable).with_name("schemathesis")),
                    "run",
                    str(ROOT / "docs/openapi.yaml"),
                    f"--url=http://127.0.0.1:{server.port}",
                    f"--header=Authorization: Token {server.token}",
                    f"--checks={CHECKS}",
                    f"--max-examples={CASES_PER_OPERATION}",
                    "--phases=examples,coverage,fuzzing",
                    # These end the token that the others need.
                    "--exclude-path-regex=logout|^/api/v1/me/$|password",
                    "--seed=1",
                    "--no-color",
                ],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
            )
        log = (server.home / "log").read_text()
    cases = re.search(r"(\d[\d,]*) generated", done.stdout)
    failures = re.search(r"(\d+) found .*?unique failures", done.stdout)
    tried = int(cases[1].replace(",", "")) if cases else 0
    if done.returncode != 0:
        print(done.stdout[-6000:], done.stderr[-1000:])
    return [
        Finding(
            "requests from the schema: server errors, undocumented answers",
            f"{failures[1] if failures else done.returncode} in {tried:,} cases",
            done.returncode == 0 and tried >= 5000,
        ),
        Finding("tracebacks in the log meanwhile", str(log.count("Traceback")), "Traceback" not in log),
    ]


if __name__ == "__main__":
    print(*run(), sep="\n")
