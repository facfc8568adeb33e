"""What schemathesis asks: how odd texts are made, and before each request for somebody signed in and a photo."""

import base64
import json
import os
import random
import urllib.parse
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import strategies as st

_given = json.loads(Path(os.environ["FAULTS_GIVEN"]).read_text())
_photo = Path(_given["photo"]).read_bytes()
_spare_tokens, _spare_photos = iter(_given["spare_tokens"]), iter(_given["spare_photos"])
_random = random.Random(1)  # noqa: S311  # the same requests in every run
ENDING = {"auth_logout_create", "auth_logout_all_create", "me_destroy"}
NOBODY = "00000000-0000-0000-0000-000000000000"
FARTHEST_MINUTES = 24 * 60 - 1

zones = st.integers(-FARTHEST_MINUTES, FARTHEST_MINUTES).map(lambda minutes: timezone(timedelta(minutes=minutes)))
ends = st.sampled_from(
    ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999-14:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59Z")
)
moments = ends | st.datetimes(timezones=zones | st.none()).map(lambda moment: moment.isoformat())
odd_numbers = st.sampled_from(("-1", "0", "nan", "inf", "1e400", "9" * 30, "9" * 5000, "\u0663"))
odd_texts = st.text(max_size=20) | odd_numbers | ends | st.sampled_from(("a\0b", "%", "x" * 5000, "\u202e"))
positions = st.tuples(moments | odd_texts, st.uuids().map(str) | odd_texts | st.just(NOBODY)).map("_".join)
tokens = st.dictionaries(st.sampled_from("por"), positions | odd_texts, max_size=3).map(urllib.parse.urlencode)
cursors = tokens.map(lambda text: base64.b64encode(text.encode()).decode()) | st.binary(max_size=20).map(
    lambda data: base64.b64encode(data).decode()
)

for kind, texts in {"date-time": moments, "cursor": cursors | odd_texts, "odd-text": odd_texts}.items():
    schemathesis.openapi.format(kind, texts)


@schemathesis.hook
def before_call(_: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """One request in twenty goes without a token; half of those about a photo are about one that exists."""
    name = case.operation.definition.raw.get("operationId", "")
    case.headers = dict(case.headers or {})
    case.headers.pop("Authorization", None)
    if name.startswith("page_"):
        case.headers["Cookie"] = f"sessionid={_given['session']}"
    elif _random.random() > 0.05:
        token = next(_spare_tokens, None) if name in ENDING else None
        case.headers["Authorization"] = f"Token {token or _given['token']}"
    if "id" in (case.path_parameters or {}) and _random.random() < 0.5:
        spare = next(_spare_photos, None) if name == "predictions_destroy" else None
        case.path_parameters["id"] = spare or _given["kept_photo"]
    if isinstance(case.body, dict) and "image" in case.body and _random.random() < 0.5:
        case.body["image"] = _photo
