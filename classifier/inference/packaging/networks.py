"""A network as its file has it: what it takes, what it gives, and how to ask it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from classifier.inference.errors import UnsupportedModelError
from classifier.inference.types import Pixels, Scores

if TYPE_CHECKING:
    from classifier.inference.openvino_runtime import ov

LUMA = np.array([0.299, 0.587, 0.114], np.float32)
"""What red, green and blue give to grey (ITU-R BT.601, as Pillow's `L`)."""
COLOUR, GREY = 3, 1


@dataclass(frozen=True, slots=True)
class InputShape:
    """What a network takes for one picture: its size in pixels, three channels or a grey one, and where these stand."""

    height_px: int
    width_px: int
    channels: int
    channels_first: bool = False

    @property
    def batch_of_one(self) -> list[int]:
        size = [self.height_px, self.width_px]
        return [1, self.channels, *size] if self.channels_first else [1, *size, self.channels]

    def arrange(self, pixels: Pixels) -> Pixels:
        """RGB pixels `(N, H, W, 3)` as the network takes them."""
        grey_or_colour = (pixels @ LUMA)[..., None] if self.channels == GREY else pixels
        return np.ascontiguousarray(grey_or_colour.transpose(0, 3, 1, 2) if self.channels_first else grey_or_colour)


@dataclass(frozen=True, slots=True)
class Network:
    """A network that nothing was added to yet.

    `predict` asks the file's own runtime: pixels arranged as `input` says, `(N, …)`, to its outputs `(N, C)`.
    `graph` is the same network as OpenVINO has it, for a batch of one.
    """

    input: InputShape
    classes: int
    predict: Callable[[Pixels], Scores]
    graph: "ov.Model"
    is_half: bool = False
    """Whether it computes in 16 bits, which each runtime rounds in its own way."""


def read_input_shape(shape: object, *, input_px: int | None) -> InputShape:
    """The meaning of an input's shape `(N, H, W, C)` or `(N, C, H, W)`, where None stands for any size.

    `input_px` is needed where the file leaves the size open. Raises UnsupportedModelError.
    """
    sizes = tuple(shape) if isinstance(shape, tuple | list) else ()
    if len(sizes) != 4:
        raise UnsupportedModelError(
            f"The network's input is {shape}; one picture is needed: (height, width, channels), with 1 or 3 channels."
        )
    channels_first = sizes[3] not in (COLOUR, GREY) and sizes[1] in (COLOUR, GREY)
    channels, height, width = (sizes[1], *sizes[2:]) if channels_first else (sizes[3], *sizes[1:3])
    if channels not in (COLOUR, GREY):
        raise UnsupportedModelError(f"The network takes {channels} channels; 3 (RGB) or 1 (grey) are needed.")
    height, width = height or input_px, width or input_px
    if not height or not width:
        raise UnsupportedModelError("The network takes pictures of any size. Say which: --input-size N.")
    if input_px and (height, width) != (input_px, input_px):
        raise UnsupportedModelError(f"The network takes {width} x {height} pixels: --input-size {input_px} is not it.")
    return InputShape(int(height), int(width), int(channels), channels_first)


def check_outputs(shape: tuple[int | None, ...], *, are_floating: bool) -> int:
    """The number of classes of the outputs `(1, C)` for one picture; None stands for a number that is not known.

    Raises UnsupportedModelError.
    """
    if len(shape) != 2 or shape[0] not in (1, None) or not shape[1]:
        raise UnsupportedModelError(
            f"The network's output for one picture is {shape}; one row of scores, (1, classes), is needed."
        )
    if not are_floating:
        raise UnsupportedModelError(
            "The network gives whole numbers, perhaps the number of a class; a score for each class is needed. Export "
            "it without its last step (argmax)."
        )
    return int(shape[1])


def rows_of(outputs: NDArray[np.float32]) -> Scores:
    """float32 rows `(N, C)`."""
    return np.asarray(outputs, dtype=np.float32)
