"""`model.json`, which may come from a stranger: read only when it is exactly what this project writes."""

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from classifier.inference.errors import BrokenModelFolderError, UnsupportedModelError
from classifier.inference.types import (
    Activation,
    ModelManifest,
    Output,
    Parity,
    Preprocessing,
    PublishedAccuracy,
    Resize,
    Scaling,
)

MANIFEST = "model.json"
NAME_PATTERN = r"^(?!\.+$)[a-z0-9_.-]{1,100}$"
LARGEST_SIDE_PX, MOST_CLASSES = 4096, 100_000
_TEXT = {"type": "string", "maxLength": 200}
_PART = {"type": "number", "minimum": 0, "maximum": 1}


def _object(properties: dict[str, Any], *, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


SCHEMA = _object(
    {
        "name": {"type": "string", "pattern": NAME_PATTERN},
        "version": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
        "architecture": _TEXT,
        "preprocessing": _object(
            {
                "width_px": {"type": "integer", "minimum": 1, "maximum": LARGEST_SIDE_PX},
                "height_px": {"type": "integer", "minimum": 1, "maximum": LARGEST_SIDE_PX},
                "resize": {"enum": list(get_args(Resize))},
                "scaling": {"enum": list(get_args(Scaling))},
            }
        ),
        "output": {"enum": list(get_args(Output))},
        "activation": {"enum": list(get_args(Activation))},
        "classes": {"type": "integer", "minimum": 1, "maximum": MOST_CLASSES},
        "weights_sha256": {"type": "string", "pattern": "^([0-9a-f]{64})?$"},
        "parity": _or_null(
            _object(
                {
                    "max_difference": {"type": "number", "minimum": 0},
                    "top_1_agreement": _PART,
                    "probes": {"type": "integer", "minimum": 1},
                }
            )
        ),
        "accuracy": {"type": "object", "additionalProperties": {"type": "number"}, "maxProperties": 20},
        "published": _or_null(
            _object(
                {
                    "top_1": _PART,
                    "top_5": _or_null(_PART),
                    "data": _TEXT,
                    "source": {"type": "string", "maxLength": 500, "pattern": "^https://"},
                }
            )
        ),
        "license": _TEXT,
        "sure_probability": _or_null(_PART),
    },
    optional=("activation", "parity", "accuracy", "published", "license", "sure_probability"),
)


def check_name(name: str) -> str:
    """The name, where folders and addresses may have it. Raises UnsupportedModelError."""
    if not re.match(NAME_PATTERN, name):
        raise UnsupportedModelError(
            f"{name!r} cannot be a model's name: 1 to 100 of a-z, 0-9, '_', '.' and '-'. Say another: --name NAME."
        )
    return name


def write_manifest(folder: Path, manifest: ModelManifest) -> None:
    """Writes `model.json`."""
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> ModelManifest:
    """Reads `model.json`. Raises BrokenModelFolderError, which names the fact that is wrong."""
    import jsonschema

    try:
        facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BrokenModelFolderError(
            f"{folder / MANIFEST} cannot be read ({error}). Install the model again."
        ) from error
    wrong = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(SCHEMA).iter_errors(facts))
    if wrong is not None:
        raise BrokenModelFolderError(
            f"{folder / MANIFEST} is wrong at {wrong.json_path}: {wrong.message[:200]}. Install the model again."
        )
    facts["preprocessing"] = Preprocessing(**facts["preprocessing"])
    facts["parity"] = Parity(**facts["parity"]) if facts.get("parity") else None
    facts["published"] = PublishedAccuracy(**facts["published"]) if facts.get("published") else None
    return ModelManifest(**facts)
