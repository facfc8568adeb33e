import numpy as np
import pytest

from classifier.inference.packaging.frozen import LastLayer
from classifier.training import new_classes
from classifier.training.new_classes import Photos, fit_layer, memories

SIZE, KNOWN = 24, 6
RANDOM = np.random.default_rng(0)
CENTRES = np.abs(RANDOM.normal(1, 1, (KNOWN + 3, SIZE))).astype(np.float32)
OLD = LastLayer(CENTRES[:KNOWN].T.copy(), -(CENTRES[:KNOWN] ** 2).sum(axis=1) / 2)


def photos_of(classes: list[int], *, each: int, seed: int = 1) -> Photos:
    random = np.random.default_rng(seed)
    targets = np.repeat(classes, each)
    noise = random.normal(0, 0.3, (len(targets), 2, SIZE))
    return Photos(np.maximum(CENTRES[targets][:, None] + noise, 0).astype(np.float32), targets.astype(np.int64))


def accuracy(layer: LastLayer, photos: Photos) -> float:
    return float((layer.logits(photos.features[:, 0]).argmax(axis=1) == photos.targets).mean())


@pytest.mark.parametrize("each", [1, 2, 5, 20])
@pytest.mark.parametrize("new", [1, 3])
def test_new_classes_are_learnt_and_no_old_one_is_forgotten(each: int, new: int) -> None:
    learnt, old = list(range(KNOWN, KNOWN + new)), list(range(KNOWN))

    layer = fit_layer(OLD, photos_of([*old, *learnt], each=each), new=new)

    assert layer.weights.shape == (SIZE, KNOWN + new)
    assert np.array_equal(layer.weights[:, :KNOWN], OLD.weights)
    assert accuracy(layer, photos_of(learnt, each=30, seed=2)) > 0.9
    assert accuracy(layer, photos_of(old, each=30, seed=2)) > 0.95


def test_without_confirmations_memories_keep_most_of_the_old(monkeypatch: pytest.MonkeyPatch) -> None:
    learnt, old = photos_of([KNOWN, KNOWN + 1], each=10), photos_of(list(range(KNOWN)), each=30, seed=2)

    kept = accuracy(fit_layer(OLD, learnt, new=2), old)

    monkeypatch.setattr(new_classes, "MEMORY_SHARE", 0.0)
    assert kept > 0.7
    assert accuracy(fit_layer(OLD, learnt, new=2), old) < kept - 0.3


def test_the_old_layer_is_sure_of_each_memory() -> None:
    remembered = memories(OLD, CENTRES.mean(axis=0))

    assert OLD.logits(remembered).argmax(axis=1).tolist() == list(range(KNOWN))


def test_without_photos_of_new_classes_only_corrected_old_ones_move() -> None:
    wrong = LastLayer(OLD.weights.copy(), OLD.bias.copy())
    wrong.bias[2] -= 20
    shown = photos_of([2], each=10)
    assert accuracy(wrong, shown) == 0

    layer = fit_layer(wrong, shown, new=0, corrected=[2])

    assert accuracy(layer, photos_of([2], each=30, seed=3)) > 0.9
    assert accuracy(layer, photos_of([0, 1, 3, 4, 5], each=30, seed=3)) > 0.95
    assert np.array_equal(np.delete(layer.weights, 2, axis=1), np.delete(OLD.weights, 2, axis=1))
