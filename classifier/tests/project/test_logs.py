"""How lines of the log are written."""

import json
import logging

from classifier_project.logs import logging_config


def test_machines_read_json() -> None:
    config = logging_config(level="INFO", as_json=True)
    settings = dict(config["formatters"]["line"])
    formatter = settings.pop("()")(**settings)

    line = formatter.format(logging.LogRecord("room", logging.WARNING, "f.py", 1, "Door %s", ("shut",), None))

    assert json.loads(line)["event"] == "Door shut"
    assert json.loads(line)["level"] == "warning"
