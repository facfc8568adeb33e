"""`manage.py classify`: labels for photos, on the command line."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from classifier.conf import conf
from classifier.errors import ClassifierError
from classifier.inference import instance
from classifier.inference.scores.wording import sentence, whole_percent
from classifier.inference.types import Classification, ScoredLabel
from classifier.model_registry import versions
from classifier.predictions.intake import classify_photo

MANY = 10


class Command(BaseCommand):
    help = (
        "Classifies photos with the active model: the answer, then the best labels. Reports a photo that fails on "
        "stderr and classifies the others."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("photos", nargs="+", type=Path, metavar="PHOTO")
        parser.add_argument("--top-k", type=int, metavar="N", help="how many labels; CLASSIFIER_TOP_K by default")
        parser.add_argument("--json", action="store_true", help="a JSON list on stdout")
        parser.add_argument("--raw", action="store_true", help="(wnid, label, probability) triples alone")

    def handle(self, **options: Any) -> None:
        top_k = conf.top_k if options["top_k"] is None else options["top_k"]
        if top_k < 1:
            raise CommandError("--top-k must be at least 1.")
        try:
            versions.serve_active()
            instance.get()
        except ClassifierError as error:
            raise CommandError(str(error)) from error
        results = [(path, self._classify(path, top_k)) for path in _with_progress(options["photos"])]
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(path, result) for path, result in results], indent=1))
        else:
            self._write_text(results, raw=options["raw"])
        failed = [path for path, result in results if isinstance(result, str)]
        if failed:
            raise CommandError(f"{len(failed)} of {len(results)} photos could not be classified.")

    def _classify(self, path: Path, top_k: int) -> Classification | str:
        try:
            return classify_photo(path.read_bytes(), top_k=top_k)
        except (ClassifierError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self.stderr.write(f"{path}: {reason}")
            return reason

    def _write_text(self, results: list[tuple[Path, Classification | str]], *, raw: bool) -> None:
        for path, result in results:
            if isinstance(result, str):
                continue
            if len(results) > 1:
                self.stdout.write(f"{path}:")
            if not raw:
                self.stdout.write(sentence(result.answer, result.top))
            for scored in result.top:
                self.stdout.write(_line(scored, raw=raw))


def _line(scored: ScoredLabel, *, raw: bool) -> str:
    if raw:
        return str((scored.wnid, scored.label, scored.probability))
    return f"{scored.label} ({whole_percent(scored.probability)})"


def _as_json(path: Path, result: Classification | str) -> dict[str, Any]:
    if isinstance(result, str):
        return {"photo": str(path), "error": result}
    top = [{"wnid": s.wnid, "label": s.label, "probability": s.probability} for s in result.top]
    model = {"name": result.model.name, "version": result.model.version}
    return {
        "photo": str(path),
        "label": top[0]["label"],
        "probability": top[0]["probability"],
        "top": top,
        "model": model,
        "answer": asdict(result.answer),
        "answer_in_words": sentence(result.answer, result.top),
    }


def _with_progress(paths: list[Path]) -> Iterable[Path]:
    if len(paths) < MANY or not sys.stderr.isatty():
        return paths
    return track(paths, description="Classifying", console=Console(stderr=True))
