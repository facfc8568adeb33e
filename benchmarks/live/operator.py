"""A person who sends photos of which it is known what they show, and says of each answer whether it is right."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.live.server import PREDICTIONS, LiveServer
from classifier.inference.images.decoding import decode_image
from classifier.inference.service import ClassifierService


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo, and the wnid or the label of what it shows."""

    path: Path
    truth: str


@dataclass
class Operator:
    """Says so of a server's answers; `mistakes` is the part of all corrections that name another of `labels`."""

    server: LiveServer
    labels: list[str]
    mistakes: float = 0.0
    random: Random = field(default_factory=lambda: Random(0))  # noqa: S311

    def say(self, photos: Iterable[Shown]) -> int:
        """Sends photos and confirms or corrects the answers; how many were wrong."""
        return sum(self._say(photo) for photo in photos)

    def retrain(self, *options: str) -> str:
        """What the command prints first: what came of it."""
        return self.server.manage("retrain", *options).partition("\n")[0]

    def active_folder(self) -> Path:
        """The folder of the model that is active now."""
        script = (
            "import django; django.setup(); from classifier.model_registry import versions; "
            "print(versions.active().folder)"
        )
        return Path(self.server.run("-c", script).strip())

    def _say(self, photo: Shown) -> bool:
        answered = self.server.upload(photo.path.read_bytes()).json()
        best = answered["top"][0]
        is_right = photo.truth in (best["wnid"], best["label"])
        said = {"verdict": "right"} if is_right else {"verdict": "wrong", **self._named(photo.truth)}
        answer = self.server.request("PUT", f"{PREDICTIONS}{answered['id']}/feedback/", json.dumps(said).encode())
        if answer.status != 200 and answer.code != "same_label":
            raise RuntimeError(answer.body.decode())
        return not is_right

    def _named(self, truth: str) -> dict[str, str]:
        if self.random.random() < self.mistakes:
            return {"label": self.random.choice([label for label in self.labels if label != truth])}
        return {"label": truth} if truth in self.labels else {"wnid": truth}


def right_of(folder: Path, photos: Iterable[Shown]) -> list[bool]:
    """Of which photos a model is right."""
    service = ClassifierService.open(folder)
    return [_is_right(service, photo) for photo in photos]


def _is_right(service: ClassifierService, photo: Shown) -> bool:
    image = decode_image(photo.path.read_bytes(), shorter_side_px=service.shorter_side_px)
    best = service.classify(image, top_k=1).top[0]
    return photo.truth in (best.wnid, best.label)
