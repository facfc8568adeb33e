"""What schemathesis asks before each request: for a token that works, and now and then a photo that is there."""

import json
import os
import random
from pathlib import Path
from typing import Any

import schemathesis

_given = json.loads(Path(os.environ["FAULTS_GIVEN"]).read_text())
_photo = Path(_given["photo"]).read_bytes()
_spare_tokens, _spare_photos = iter(_given["spare_tokens"]), iter(_given["spare_photos"])
_random = random.Random(1)  # noqa: S311  # the same requests in every run
ENDING = {"auth_logout_create", "auth_logout_all_create", "me_destroy"}


@schemathesis.hook
def before_call(_: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """One request in twenty goes without a token; half of those about a photo are about one that exists."""
    name = case.operation.definition.raw.get("operationId", "")
    case.headers = dict(case.headers or {})
    case.headers.pop("Authorization", None)
    if _random.random() > 0.05:
        token = next(_spare_tokens, None) if name in ENDING else None
        case.headers["Authorization"] = f"Token {token or _given['token']}"
    if "id" in (case.path_parameters or {}) and _random.random() < 0.5:
        spare = next(_spare_photos, None) if name == "predictions_destroy" else None
        case.path_parameters["id"] = spare or _given["kept_photo"]
    if isinstance(case.body, dict) and "image" in case.body and _random.random() < 0.5:
        case.body["image"] = _photo
