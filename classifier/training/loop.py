"""The training loop: epochs over prepared photos."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from classifier.training import checkpoints
from classifier.training.architectures import build
from classifier.training.augmentation import random_views, served_views
from classifier.training.recipe import Recipe
from classifier.training.starting_point import StartingPoint

if TYPE_CHECKING:
    import keras

MOMENTUM = 0.9
WARM_UP_EPOCHS = 1.0
SETTLING_RATE = 0.1
"""The part of the learning rate that the settling epochs use."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the loop is; reported after every step."""

    epoch: int
    epochs: int
    step: int
    steps: int
    loss: float
    held_out_top_1: float | None


def train(
    pixels: NDArray[np.uint8],
    targets: NDArray[np.int64],
    train_indices: NDArray[np.int64],
    held_out_indices: NDArray[np.int64],
    *,
    recipe: Recipe,
    work_dir: Path,
    resume: bool,
    on_step: Callable[[Progress], None],
    start: StartingPoint | None = None,
) -> tuple["keras.Model", list[dict[str, float]]]:
    """Trains to the end, from the last checkpoint when `resume`; returns the model, in float32, and its history.

    A checkpoint is written after every epoch under a temporary name and renamed. Raises DataSetError when the
    checkpoint to resume from was made with another recipe.
    """
    import keras
    import tensorflow as tf

    keras.utils.clear_session()  # layers are numbered from one again: the same run gives the same file
    keras.utils.set_random_seed(recipe.seed)
    tf.config.experimental.enable_op_determinism()
    classes = int(targets.max()) + 1
    steps = max(1, len(train_indices) // recipe.batch_size)
    work_dir.mkdir(parents=True, exist_ok=True)
    checkpoints.start_run(work_dir, recipe, resume=resume)
    model, history = checkpoints.load_last(work_dir) or (_compiled(recipe, classes, steps, start), [])
    if history:
        _recompile(model, recipe, (_rate if len(history) <= recipe.settles_from else _settling_rate)(recipe, steps))
    for epoch in range(len(history), recipe.epochs):
        if epoch == recipe.settles_from:
            _compile(model, recipe, _settling_rate(recipe, steps))
        batches = _batches(pixels, targets, train_indices, recipe=recipe, epoch=epoch, steps=steps, classes=classes)
        top_1 = history[-1]["top_1"] if history else None
        callbacks = [_reporting(on_step, Progress(epoch + 1, recipe.epochs, 0, steps, float("nan"), top_1))]
        fitted = model.fit(batches, epochs=1, steps_per_epoch=steps, shuffle=False, verbose=0, callbacks=callbacks)
        scores = predict(model, pixels, held_out_indices)
        history.append(
            {"loss": float(fitted.history["loss"][-1]), "top_1": top_k(scores, targets[held_out_indices], 1)}
        )
        checkpoints.write(model, history, work_dir)
    return _in_float32(model, recipe, classes), history


def predict(model: "keras.Model", pixels: NDArray[np.uint8], indices: NDArray[np.int64]) -> NDArray[np.float32]:
    """Probabilities `(len(indices), C)` for these photos as they are served."""
    scores = [
        np.asarray(model(served_views(pixels[indices[at : at + 256]]), training=False))
        for at in range(0, len(indices), 256)
    ]
    return np.concatenate(scores).astype(np.float32)


def top_k(scores: NDArray[np.float32], targets: NDArray[np.int64], k: int) -> float:
    """The fraction of rows whose target is among the `k` best scores."""
    best = np.argsort(-scores, axis=1)[:, :k]
    return float((best == targets[:, None]).any(axis=1).mean())


def _compiled(recipe: Recipe, classes: int, steps: int, start: StartingPoint | None) -> "keras.Model":
    import keras

    keras.mixed_precision.set_global_policy("mixed_bfloat16" if recipe.mixed_precision else "float32")
    try:
        model = build(recipe.architecture, classes=classes)
    finally:
        keras.mixed_precision.set_global_policy("float32")
    if start:
        start.copy_weights_to(model)
    _compile(model, recipe, _rate(recipe, steps))
    return model


def _rate(recipe: Recipe, steps: int) -> Any:
    """Rises for one epoch, then falls along a cosine until the settling epochs (SGDR, arXiv:1608.03983)."""
    import keras

    warm_up = int(WARM_UP_EPOCHS * steps)
    return keras.optimizers.schedules.CosineDecay(
        0.0, max(1, recipe.settles_from * steps - warm_up), warmup_target=recipe.learning_rate, warmup_steps=warm_up
    )


def _settling_rate(recipe: Recipe, steps: int) -> Any:
    import keras

    settling_steps = (recipe.epochs - recipe.settles_from) * steps
    return keras.optimizers.schedules.PolynomialDecay(recipe.learning_rate * SETTLING_RATE, settling_steps, 0.0)


def _compile(model: "keras.Model", recipe: Recipe, rate: Any) -> None:
    import keras

    optimizer = keras.optimizers.SGD(rate, MOMENTUM, nesterov=True, weight_decay=recipe.weight_decay)
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    model.compile(
        optimizer, keras.losses.CategoricalCrossentropy(label_smoothing=recipe.label_smoothing), jit_compile=False
    )


def _recompile(model: "keras.Model", recipe: Recipe, rate: Any) -> None:
    """Goes on with the optimizer of a loaded model: Keras saves its state, but not which variables do not decay."""
    state = [variable.numpy() for variable in model.optimizer.variables]
    _compile(model, recipe, rate)
    model.optimizer.build(model.trainable_variables)
    for variable, value in zip(model.optimizer.variables, state, strict=True):
        variable.assign(value)


def _batches(
    pixels: NDArray[np.uint8],
    targets: NDArray[np.int64],
    indices: NDArray[np.int64],
    *,
    recipe: Recipe,
    epoch: int,
    steps: int,
    classes: int,
) -> Any:
    """A `tf.data.Dataset` of one epoch: every photo once, in an order that depends on seed and epoch alone."""
    import tensorflow as tf

    order = np.random.default_rng([recipe.seed, 1, epoch]).permutation(indices)
    views = recipe.views(epoch)

    def seeded_batches() -> Any:
        for step in range(steps):
            batch = np.sort(order[step * recipe.batch_size : (step + 1) * recipe.batch_size])
            yield pixels[batch], targets[batch], np.array([recipe.seed, epoch * steps + step], np.int32)

    def augment(photos: Any, classes_of_photos: Any, seed: Any) -> Any:
        return random_views(photos, seed, views=views), tf.one_hot(classes_of_photos, classes)

    signature = (
        tf.TensorSpec((None, *pixels.shape[1:]), tf.uint8),
        tf.TensorSpec((None,), tf.int64),
        tf.TensorSpec((2,), tf.int32),
    )
    batches = tf.data.Dataset.from_generator(seeded_batches, output_signature=signature)
    return batches.map(augment, num_parallel_calls=2, deterministic=True).prefetch(4)


def _reporting(on_step: Callable[[Progress], None], epoch_start: Progress) -> Any:
    """A Keras callback that reports every batch of an epoch."""
    import keras

    def report(batch: int, logs: dict[str, float] | None = None) -> None:
        on_step(replace(epoch_start, step=batch + 1, loss=(logs or {}).get("loss", epoch_start.loss)))

    return keras.callbacks.LambdaCallback(on_train_batch_end=report)


def _in_float32(model: "keras.Model", recipe: Recipe, classes: int) -> "keras.Model":
    """The network as it is served: float32, without optimizer state.

    Weights are rounded to half precision, to a 2000th of each: the Keras file then compresses to half its size.
    """
    network = build(recipe.architecture, classes=classes)
    network.set_weights([weight.astype(np.float16).astype(np.float32) for weight in model.get_weights()])
    return network
