"""What a network's outputs mean, read from what it does with pictures, not from how its last layer is spelt."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from classifier.inference.errors import UnsupportedModelError
from classifier.inference.packaging.networks import Network
from classifier.inference.types import Activation, Output, Pixels, Scores

AskedOutput: TypeAlias = Literal["softmax", "sigmoid", "logits"]
SUM_TOLERANCE = 1e-2
"""Of a row of probabilities to 1: bf16 and float16 networks round."""
STRESS = (-8.0, 8.0)
"""By how much pictures are made stronger than any photo: probabilities stay in 0..1, logits leave it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What rows `(C,)` are once `activation` was put after them; `none` where they are probabilities already."""

    output: Output
    activation: Activation = "none"

    def apply(self, rows: Scores) -> Scores:
        """The probabilities `(N, C)` of a network's own outputs."""
        match self.activation:
            case "softmax":
                powers = np.exp(rows - rows.max(axis=1, keepdims=True))
                return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)
            case "sigmoid":
                return np.asarray(1 / (1 + np.exp(-rows.astype(np.float64))), np.float32)
            case "none":
                return rows


def read_meaning(network: Network, probes: Pixels, *, asked: AskedOutput | None = None) -> Meaning:
    """Asks the network on probes `(N, …)`, arranged as it takes them, and tells what its outputs are.

    `asked` is what their owner says they are. Raises UnsupportedModelError where the two cannot both be true, and
    where the network does not tell: outputs that are no numbers, and a single tanh.
    """
    rows = network.predict(probes)
    if not np.isfinite(rows).all():
        raise UnsupportedModelError("The network gives values that are no numbers (NaN) for ordinary pictures.")
    if network.classes == 1 and asked != "logits" and _ends_in(network, "Tanh"):
        raise UnsupportedModelError(
            "The network ends in a tanh, whose values lie in -1..1. Give it a sigmoid instead, or have one put after "
            "it: --output logits."
        )
    found = _behaviour(network, probes, rows)
    if asked is None:
        return found
    if network.classes == 1 and asked == "logits" and not _ends_in(network, "Sigmoid"):
        return Meaning("sigmoid", "sigmoid")  # whatever its probes gave: nobody but its owner knows
    return _agreed(found, asked, is_single=network.classes == 1)


def _behaviour(network: Network, probes: Pixels, rows: Scores) -> Meaning:
    if network.classes > 1 and _is_within_0_and_1(rows) and _sums_to_1(rows):
        return Meaning("softmax")
    if _is_within_0_and_1(rows) and _stays_within(network, probes) and not _ends_in(network, "Tanh"):
        return Meaning("sigmoid")
    return Meaning("sigmoid", "sigmoid") if network.classes == 1 else Meaning("softmax", "softmax")


def _agreed(found: Meaning, asked: AskedOutput, *, is_single: bool) -> Meaning:
    are_probabilities = found.activation == "none"
    match asked:
        case "logits" if are_probabilities:
            raise UnsupportedModelError(
                f"The outputs are probabilities already ({found.output}): leave out --output logits."
            )
        case "logits":
            return found
        case "softmax" if is_single:
            raise UnsupportedModelError("One output cannot be a softmax. Say --output sigmoid.")
        case "softmax" if are_probabilities and found.output != "softmax":
            raise UnsupportedModelError("The outputs lie in 0..1 but do not sum to 1: say --output sigmoid.")
        case _:
            return Meaning(asked, "none" if are_probabilities else asked)


def _ends_in(network: Network, function: str) -> bool:
    """Which pictures alone would not tell: all that were tried may give values in 0..1 by chance."""
    node = network.graph.get_results()[0].input_value(0).get_node()
    while node.get_type_name() in ("Convert", "Reshape", "Squeeze", "Unsqueeze"):
        node = node.input_value(0).get_node()
    return bool(node.get_type_name() == function)


def _stays_within(network: Network, probes: Pixels) -> bool:
    for factor in STRESS:
        rows = network.predict(np.asarray(probes * factor, np.float32))
        if not _is_within_0_and_1(rows[np.isfinite(rows).all(axis=1)]):
            return False
    return True


def _is_within_0_and_1(rows: Scores) -> bool:
    return bool(((rows >= -1e-6) & (rows <= 1 + 1e-6)).all())


def _sums_to_1(rows: Scores) -> bool:
    return bool((np.abs(rows.sum(axis=1) - 1) <= SUM_TOLERANCE).all())
