"""Fine-tuning: backbone and head trained further together, on random views, from one checkpoint to the next."""

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.process.cores import usable_cores
from classifier.training.backbones import Backbone
from classifier.training.dataset import read_image
from classifier.training.heads import Head
from classifier.training.views import random_view

BATCH_SIZE = 16
LEARNING_RATE = 2e-4
"""At its highest; it falls to nothing along a cosine (SGDR, arXiv:1608.03983)."""
LABEL_SMOOTHING = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """Where fine-tuning is; reported after every batch."""

    epoch: int
    epochs: int
    batch: int
    batches: int
    loss: float


def assemble(backbone: Backbone, head: Head) -> Any:
    """The whole network in Keras, pixels `(N, H, W, 3)` to probabilities `(N, C)`."""
    import keras

    logits = keras.layers.Dense(head.bias.size, name="logits")
    outputs = keras.layers.Softmax(name="probabilities")(logits(backbone.network.output))
    logits.set_weights([head.weights, head.bias])
    return keras.Model(backbone.network.inputs, outputs, name=backbone.network.name)


def fine_tune(
    network: Any,
    backbone: Backbone,
    paths: Sequence[Path],
    targets: NDArray[np.int64],
    *,
    epochs: int,
    seed: int,
    work_dir: Path,
    on_batch: Callable[[Progress], None] = lambda _: None,
) -> Any:
    """Trains all but the batch normalisation, whose statistics of few photos would be worse; returns the network.

    `work_dir` holds a checkpoint of the last whole epoch, from which a run with the same folder goes on; at its end
    it is removed.
    """
    import keras

    keras.utils.set_random_seed(seed)
    for layer in network.layers:
        layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)
    batches = _batches(backbone, paths, targets, seed=seed)
    rate = keras.optimizers.schedules.CosineDecay(LEARNING_RATE, epochs * len(batches))
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=LABEL_SMOOTHING)
    network.compile(keras.optimizers.AdamW(rate, weight_decay=1e-4), loss, jit_compile=False)
    work_dir.mkdir(parents=True, exist_ok=True)
    callbacks = [keras.callbacks.BackupAndRestore(work_dir), _reporting(on_batch, epochs, len(batches))]
    network.fit(batches, epochs=epochs, verbose=0, callbacks=callbacks)
    return network


def _batches(backbone: Backbone, paths: Sequence[Path], targets: NDArray[np.int64], *, seed: int) -> Any:
    """A `keras.utils.PyDataset` of random views: every photo once an epoch, in an order of that epoch's own."""
    import keras

    one_hot = np.eye(int(targets.max()) + 1, dtype=np.float32)[targets]
    pool = ThreadPoolExecutor(usable_cores())

    class Batches(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no types
        epoch = 0

        def __len__(self) -> int:
            return math.ceil(len(paths) / BATCH_SIZE)

        def __getitem__(self, index: int) -> tuple[Any, Any]:
            order = np.random.default_rng([seed, self.epoch]).permutation(len(paths))
            chosen = order[index * BATCH_SIZE : (index + 1) * BATCH_SIZE]
            views = pool.map(lambda photo: _view(backbone, paths[photo], [seed, self.epoch, int(photo)]), chosen)
            return np.stack(list(views)), one_hot[chosen]

        def on_epoch_end(self) -> None:
            self.epoch += 1

    return Batches()


def _view(backbone: Backbone, path: Path, seed: list[int]) -> Any:
    image = read_image(path, backbone.preprocessing)
    assert not isinstance(image, str), f"{path} was readable a moment ago"  # noqa: S101
    return random_view(image, backbone.preprocessing, np.random.default_rng(seed))


def _reporting(on_batch: Callable[[Progress], None], epochs: int, batches: int) -> Any:
    import keras

    class Reporting(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
        epoch = 0

        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            self.epoch = epoch

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            on_batch(Progress(self.epoch + 1, epochs, batch + 1, batches, float((logs or {}).get("loss", math.nan))))

    return Reporting()
