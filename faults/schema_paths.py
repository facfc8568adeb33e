"""What the API's description leaves out: pages, the admin, the Open Inference Protocol; which texts are odd."""

from typing import Any

CURSOR, MOMENT, ANY = "cursor", "date-time", "odd-text"
"""Formats whose texts `schema_hooks` makes."""
PAGES: dict[str, dict[str, str]] = {
    "/predictions/": {"cursor": CURSOR, "search": ANY, "model": ANY, "since": ANY, "until": ANY, "min_percent": ANY},
    "/model/": {"search": ANY},
    "/admin/classifier/prediction/": {
        "q": ANY,
        "o": ANY,
        "p": ANY,
        "label": ANY,
        "content_type": ANY,
        "model_version__id__exact": ANY,
        "created_at__gte": MOMENT,
        "created_at__lt": MOMENT,
        "created_at__year": ANY,
    },
    "/admin/classifier/prediction/dashboard/": {"days": ANY},
    "/admin/classifier/devicetoken/": {"q": ANY, "p": ANY, "created__gte": MOMENT},
    "/admin/auth/user/": {"q": ANY, "p": ANY, "date_joined__gte": MOMENT, "id__exact": ANY},
}
SIDES = [0, 1, 3, 224, 2**16, 2**31 - 1, 2**31, 2**63, -1]
ODD_SHAPES = [[0], [2**31 - 1] * 3 + [0], [0] + [2**31 - 1] * 7, [1, 2**31 - 1, 2**31 - 1, 0, 2**31 - 1], [1, 1, 3]]
ANY_ANSWER = {"default": {"description": "", "content": {"text/html": {}, "application/json": {}}}}


def extended(described: dict[str, Any], *, model: str) -> dict[str, Any]:
    """The description with its cursors named as such, and with more paths; `model` is the one that serves."""
    for path in described["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", []):
                if parameter["name"] == "cursor":
                    parameter["schema"]["format"] = CURSOR
    described["paths"] |= {path: {"get": _page(path, parameters)} for path, parameters in PAGES.items()}
    described["paths"][f"/compat/v2/models/{model}/infer"] = {"post": _inference()}
    return described


def _page(path: str, parameters: dict[str, str]) -> dict[str, Any]:
    return {
        "operationId": "page" + path.replace("/", "_"),
        "parameters": [
            {"name": name, "in": "query", "schema": {"type": "string", "format": kind}}
            for name, kind in parameters.items()
        ],
        "responses": ANY_ANSWER,
    }


def _inference() -> dict[str, Any]:
    sides = {"type": "array", "maxItems": 9, "items": {"type": "integer", "enum": SIDES}}
    values = {"type": "array", "maxItems": 9, "items": {"type": "integer", "minimum": 0, "maximum": 255}}
    shape, data = {"anyOf": [{"enum": ODD_SHAPES}, sides]}, {"anyOf": [{"enum": [[], [255, 0, 0]]}, values]}
    parameters = {"type": "object", "properties": {"binary_data_size": {"type": "integer", "enum": SIDES}}}
    tensor = {
        "type": "object",
        "required": ["name", "datatype", "shape"],
        "properties": {
            "name": {"type": "string", "enum": ["image"]},
            "datatype": {"type": "string", "enum": ["UINT8", "FP16", "FP64", "INT64", "BOOL", "BYTES"]},
            "shape": shape,
            "data": data,
            "parameters": parameters,
        },
    }
    output = {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "enum": ["probabilities", "label", "probability"]},
            "parameters": {"type": "object", "properties": {"classification": {"type": "integer", "enum": SIDES}}},
        },
    }
    message = {
        "type": "object",
        "required": ["inputs"],
        "properties": {
            "id": {"type": "string"},
            "inputs": {"type": "array", "minItems": 1, "maxItems": 2, "items": tensor},
            "outputs": {"type": "array", "maxItems": 4, "items": output},
        },
    }
    body = {"required": True, "content": {"application/json": {"schema": message}}}
    return {"operationId": "compat_infer", "requestBody": body, "responses": ANY_ANSWER}
