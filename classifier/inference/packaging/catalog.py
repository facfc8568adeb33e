"""The networks that can be installed by name, as facts; nothing is imported to read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from classifier.inference.errors import UnknownModelError
from classifier.inference.packaging.efficientnet_lite import VARIANTS, WEIGHTS
from classifier.inference.packaging.pip_weights import PipWeights
from classifier.inference.types import Preprocessing, PublishedAccuracy, Scaling

_HOST = "https://storage.googleapis.com"
_KERAS = "tensorflow/keras-applications"
_TF = "weights_tf_dim_ordering_tf_kernels.h5"
_MOBILENET_V2 = "mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224.h5"
_EFFICIENTNET = "keras-applications/efficientnet"
_V2 = f"{_KERAS}/efficientnet_v2/efficientnetv2"
_APACHE, _BSD = "Apache-2.0", "BSD-3-Clause"
_IMAGENET = "ImageNet validation"


@dataclass(frozen=True, slots=True)
class Download:
    """Weights that keras.applications fetches: the function there that builds their network, and their address."""

    function: str
    url: str

    @property
    def file(self) -> str:
        """The file's name in Keras' cache."""
        return self.url.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Architecture:
    """A network with its ImageNet weights: where they are, what they want, how good they are, and their licence."""

    name: str
    input_px: int
    scaling: Scaling
    weights: Download | PipWeights
    published: PublishedAccuracy
    license: str
    sure_probability: float | None = None
    """From which probability on its answers are stood by, where that was measured."""

    @property
    def preprocessing(self) -> Preprocessing:
        return Preprocessing(self.input_px, self.input_px, "crop", self.scaling)


_KERAS_NETWORKS: tuple[tuple[str, str, int, Scaling, str, float, float, str], ...] = (
    ("resnet50", "ResNet50", 224, "caffe", f"{_KERAS}/resnet/resnet50_{_TF}", 0.749, 0.921, "MIT"),
    ("resnet101", "ResNet101", 224, "caffe", f"{_KERAS}/resnet/resnet101_{_TF}", 0.764, 0.928, "MIT"),
    ("resnet152", "ResNet152", 224, "caffe", f"{_KERAS}/resnet/resnet152_{_TF}", 0.766, 0.931, "MIT"),
    ("resnet50_v2", "ResNet50V2", 224, "tf", f"{_KERAS}/resnet/resnet50v2_{_TF}", 0.760, 0.930, _BSD),
    ("vgg16", "VGG16", 224, "caffe", f"{_KERAS}/vgg16/vgg16_{_TF}", 0.713, 0.901, "CC-BY-4.0"),
    ("vgg19", "VGG19", 224, "caffe", f"{_KERAS}/vgg19/vgg19_{_TF}", 0.713, 0.900, "CC-BY-4.0"),
    ("densenet121", "DenseNet121", 224, "torch", f"{_KERAS}/densenet/densenet121_{_TF}", 0.750, 0.923, _BSD),
    ("densenet169", "DenseNet169", 224, "torch", f"{_KERAS}/densenet/densenet169_{_TF}", 0.762, 0.932, _BSD),
    ("densenet201", "DenseNet201", 224, "torch", f"{_KERAS}/densenet/densenet201_{_TF}", 0.773, 0.936, _BSD),
    ("mobilenet", "MobileNet", 224, "tf", f"{_KERAS}/mobilenet/mobilenet_1_0_224_tf.h5", 0.704, 0.895, _APACHE),
    ("mobilenet_v2", "MobileNetV2", 224, "tf", f"{_KERAS}/{_MOBILENET_V2}", 0.713, 0.901, _APACHE),
    ("inception_v3", "InceptionV3", 299, "tf", f"{_KERAS}/inception_v3/inception_v3_{_TF}", 0.779, 0.937, _APACHE),
    ("xception", "Xception", 299, "tf", f"{_KERAS}/xception/xception_{_TF}", 0.790, 0.945, "MIT"),
    ("efficientnet_b0", "EfficientNetB0", 224, "none", f"{_EFFICIENTNET}b0.h5", 0.771, 0.933, _APACHE),
    ("efficientnet_b1", "EfficientNetB1", 240, "none", f"{_EFFICIENTNET}b1.h5", 0.791, 0.944, _APACHE),
    ("efficientnet_b2", "EfficientNetB2", 260, "none", f"{_EFFICIENTNET}b2.h5", 0.801, 0.949, _APACHE),
    ("efficientnet_b3", "EfficientNetB3", 300, "none", f"{_EFFICIENTNET}b3.h5", 0.816, 0.957, _APACHE),
    ("efficientnet_b4", "EfficientNetB4", 380, "none", f"{_EFFICIENTNET}b4.h5", 0.829, 0.964, _APACHE),
    ("efficientnet_b5", "EfficientNetB5", 456, "none", f"{_EFFICIENTNET}b5.h5", 0.836, 0.967, _APACHE),
    ("efficientnet_b6", "EfficientNetB6", 528, "none", f"{_EFFICIENTNET}b6.h5", 0.840, 0.968, _APACHE),
    ("efficientnet_b7", "EfficientNetB7", 600, "none", f"{_EFFICIENTNET}b7.h5", 0.843, 0.970, _APACHE),
    ("efficientnet_v2_b0", "EfficientNetV2B0", 224, "none", f"{_V2}-b0.h5", 0.787, 0.943, _APACHE),
    ("efficientnet_v2_b1", "EfficientNetV2B1", 240, "none", f"{_V2}-b1.h5", 0.798, 0.950, _APACHE),
    ("efficientnet_v2_b2", "EfficientNetV2B2", 260, "none", f"{_V2}-b2.h5", 0.805, 0.951, _APACHE),
    ("efficientnet_v2_b3", "EfficientNetV2B3", 300, "none", f"{_V2}-b3.h5", 0.820, 0.958, _APACHE),
)
"""Name, function, input, scaling, path, top-1 and top-5 as published, licence of the weights."""
_SURE_PROBABILITY = {
    "efficientnet_lite0": 0.6,
    "efficientnet_lite1": 0.42,
    "efficientnet_lite2": 0.42,
    "mobilenet_v2": 0.75,
}
"""At which answers are right at least nine times in ten; the larger lite ones say less than they know."""
_LITE_TOP_1 = {"efficientnet_lite0": 0.751, "efficientnet_lite1": 0.767, "efficientnet_lite2": 0.776}


def _of_keras() -> Iterator[Architecture]:
    for name, function, input_px, scaling, path, top_1, top_5, licence in _KERAS_NETWORKS:
        published = PublishedAccuracy(top_1, top_5, _IMAGENET, "https://keras.io/api/applications/")
        weights = Download(function, f"{_HOST}/{path}")
        yield Architecture(name, input_px, scaling, weights, published, licence, _SURE_PROBABILITY.get(name))


def _of_packages() -> Iterator[Architecture]:
    source = "https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite"
    for name, variant in VARIANTS.items():
        published = PublishedAccuracy(_LITE_TOP_1[name], None, _IMAGENET, source)
        yield Architecture(
            name, variant.input_px, "tf_lite", WEIGHTS[name], published, _APACHE, _SURE_PROBABILITY[name]
        )


CATALOG = {architecture.name: architecture for architecture in (*_of_keras(), *_of_packages())}


def get_architecture(name: str) -> Architecture:
    """The architecture of that name. Raises UnknownModelError, which names what comes close."""
    if name in CATALOG:
        return CATALOG[name]
    close = get_close_matches(name.lower(), CATALOG, n=3) or sorted(CATALOG)
    raise UnknownModelError(f"No architecture {name!r}. There are: {', '.join(close)}.")
