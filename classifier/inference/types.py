"""What passes between the steps of the inference floor: frozen values, no behaviour."""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.float32]
"""float32 of shape `(H, W, 3)`, or `(N, H, W, 3)` for a batch, scaled as the network was trained."""
Scores: TypeAlias = NDArray[np.float32]
"""float32 of shape `(C,)`, or `(N, C)` for a batch, probabilities in 0..1."""

Resize: TypeAlias = Literal["crop", "fit", "stretch"]
Scaling: TypeAlias = Literal["caffe", "tf", "tf_lite", "torch", "unit", "none"]
Output: TypeAlias = Literal["softmax", "sigmoid"]
Activation: TypeAlias = Literal["none", "softmax", "sigmoid"]
AnswerKind: TypeAlias = Literal["exact", "broader", "unsure"]
QualityCode: TypeAlias = Literal["blurred", "dark", "bright", "too_small", "blank"]


DECODING_BYTES_PER_PIXEL = 4.5
"""What decoding may take of memory for each pixel allowed: Pillow's 4 bytes, and room for a reduced picture."""


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """What `decode_image` accepts."""

    max_pixels: int

    @property
    def max_decoding_bytes(self) -> int:
        return int(DECODING_BYTES_PER_PIXEL * self.max_pixels)


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What a photo's header tells; width and height are those of the upright picture, in pixels."""

    content_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Quality:
    """What is wrong with a photo as a photo; nothing for most."""

    codes: tuple[QualityCode, ...] = ()

    @property
    def retake(self) -> bool:
        """Whether another photo would get a better answer."""
        return bool(self.codes)


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """How a photo becomes a network's input.

    `resize`: `crop` scales the shorter side to `size / 0.875` and cuts out the centre, `fit` scales it to `size` and
    cuts off only what the longer side has more, `stretch` ignores the aspect.
    `scaling`: Keras' modes: `caffe` (BGR, ImageNet mean removed), `tf` (-1..1), `torch` (0..1, normalised); besides,
    `tf_lite` (mean 127, deviation 128, as TensorFlow Lite's float networks are fed), `unit` (0..1), `none` (0..255).
    """

    width_px: int
    height_px: int
    resize: Resize = "crop"
    scaling: Scaling = "none"


@dataclass(frozen=True, slots=True)
class Label:
    """A class: its WordNet id (empty for people's own classes) and its name as Keras spells it."""

    wnid: str
    name: str


@dataclass(frozen=True, slots=True)
class ScoredLabel:
    wnid: str
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server stands by: a class, a broader word above several, or nothing, with an empty label.

    `probability` is that of what is said; of the best class where nothing is.
    """

    kind: AnswerKind
    label: str
    wnid: str
    probability: float


@dataclass(frozen=True, slots=True)
class Parity:
    """How far the exported network is from the one it came from, on probe images."""

    max_difference: float
    top_1_agreement: float
    probes: int


@dataclass(frozen=True, slots=True)
class PublishedAccuracy:
    """What those who published a network's weights say of it: parts of 1, of which photos, and where."""

    top_1: float
    top_5: float | None
    data: str
    source: str


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """`model.json`: everything but the network that is needed to serve a model folder."""

    name: str
    version: str
    architecture: str
    preprocessing: Preprocessing
    output: Output
    classes: int
    weights_sha256: str
    parity: Parity | None = None
    accuracy: dict[str, float] = field(default_factory=dict)
    """Measured here, for people to read: for example `{"top_1": 0.61, "top_5": 0.83}`."""
    published: PublishedAccuracy | None = None
    license: str = ""
    """Of the weights, as an SPDX identifier; empty where nobody says."""
    activation: Activation = "none"
    """What was put after the outputs of the network's own file, which were logits."""
    sure_probability: float | None = None
    """From which probability on an answer of this network is stood by; None where that was not measured."""


@dataclass(frozen=True, slots=True)
class ModelRef:
    """Which model answered."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class RemoteServer:
    """A server of the Open Inference Protocol: its address without `/v2`, a token for it, seconds for one call."""

    url: str
    token: str = field(default="", repr=False)
    timeout_s: float = 6.0


@dataclass(frozen=True, slots=True)
class RemoteModel:
    """A model that such a server must serve; `classes` tells its scores from other outputs."""

    server: RemoteServer
    ref: ModelRef
    classes: int


@dataclass(frozen=True, slots=True)
class Inferred:
    """What the network says of one photo, `(C,)`, and how long it was at it, in milliseconds.

    `features` `(H, W, F)` are what it pooled to say so, where that was asked for.
    """

    scores: Scores
    ms: float
    features: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LinearHead:
    """The last layer of a network with a pooled end: logits are `mean of features @ weights + bias`.

    `weights` `(F, C)` are the network's own memory, `bias` is `(C,)`.
    """

    weights: NDArray[Any]
    bias: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class ClassMap:
    """What each part of a photo gives to a label: `mean(grid) + bias` is its logit.

    `grid` `(H, W)` covers the part of the photo that the network sees: `seen` is its left, top, right and bottom, in
    parts of the upright photo's width and height.
    """

    label: Label
    grid: NDArray[np.float32]
    bias: float
    seen: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)

    @property
    def logit(self) -> float:
        return float(self.grid.mean(dtype=np.float64)) + self.bias


@dataclass(frozen=True, slots=True)
class Classification:
    """The best labels, best first, what the server stands by, whose answer it is and how long the steps took, in ms."""

    top: tuple[ScoredLabel, ...]
    answer: Answer
    model: ModelRef
    preprocess_ms: float
    inference_ms: float
