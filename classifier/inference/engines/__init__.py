"""What runs a network: one module for each runtime, one protocol for all."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Literal, Protocol, TypeAlias, cast, get_args, runtime_checkable

from classifier.inference.errors import ModelError
from classifier.inference.types import Inferred, LinearHead, Pixels, Preprocessing, RemoteModel, Scores

EngineKind: TypeAlias = Literal["openvino", "keras", "remote"]
Precision: TypeAlias = Literal["f32", "bf16"]


class Engine(Protocol):
    """A loaded network, warmed up; may be called from many threads at once."""

    def predict(self, batch: Pixels) -> Scores:
        """Probabilities `(N, C)` for a batch `(N, H, W, 3)`."""
        ...

    def start(self, pixels: Pixels) -> Callable[[], Inferred]:
        """Sets the network to one photo `(H, W, 3)`.

        What it returns waits for the answer; call it once, whatever happens in between.
        """
        ...

    def check(self) -> None:
        """Raises RetryableError when the network cannot be reached; nothing to do for one in this process."""
        ...

    def give_up(self) -> None:
        """Sends those away who wait for a network that is stuck."""
        ...

    def close(self) -> None:
        """Releases the network; calls under way still finish."""
        ...


@runtime_checkable
class ExplainingEngine(Protocol):
    """An engine that can also tell what its network pools; `head` is None for a network without a pooled end."""

    head: LinearHead | None

    def start_with_features(self, pixels: Pixels) -> Callable[[], Inferred]:
        """As `Engine.start`, and what is returned has `features`; for networks with a `head` alone."""
        ...


def open_engine(
    kind: str,
    folder: Path,
    preprocessing: Preprocessing,
    *,
    precision: str = "f32",
    remote: RemoteModel | None = None,
) -> Engine:
    """Loads the network of a model folder and runs it once, in this thread; `remote` says where it is for that kind.

    The runtime is imported here, so that a process pays only for the one it uses. Raises BrokenModelFolderError,
    RemoteModelError.
    """
    if kind not in get_args(EngineKind):
        raise ModelError(f"No engine {kind!r}; there are {', '.join(get_args(EngineKind))} (CLASSIFIER_ENGINE).")
    module = import_module(f"classifier.inference.engines.{kind}")
    if kind == "remote":
        open_model = cast("Callable[[Preprocessing, RemoteModel | None], Engine]", module.open_model)
        return open_model(preprocessing, remote)
    open_folder = cast("Callable[[Path, Preprocessing, str], Engine]", module.open_folder)
    return open_folder(folder, preprocessing, precision)
