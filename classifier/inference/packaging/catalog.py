"""The architectures of keras.applications that can be installed by name, as facts; nothing is imported to read them."""

from dataclasses import dataclass
from difflib import get_close_matches

from classifier.errors import UnknownModelError
from classifier.inference.types import Preprocessing, Scaling

_KERAS = "https://storage.googleapis.com/tensorflow/keras-applications"
_TF_KERNELS = "weights_tf_dim_ordering_tf_kernels"


@dataclass(frozen=True, slots=True)
class Architecture:
    """A network of keras.applications: its function there, its input and where its ImageNet weights are."""

    name: str
    function: str
    input_px: int
    scaling: Scaling
    weights_url: str

    @property
    def weights_file(self) -> str:
        """The file's name in Keras' cache."""
        return self.weights_url.rpartition("/")[2]

    @property
    def preprocessing(self) -> Preprocessing:
        return Preprocessing(self.input_px, self.input_px, "crop", self.scaling)


def _architectures() -> list[Architecture]:
    named = [
        Architecture(name, function, 224, "caffe", f"{_KERAS}/resnet/{name}_{_TF_KERNELS}.h5")
        for name, function in (
            ("resnet50", "ResNet50"),
            ("resnet101", "ResNet101"),
            ("resnet152", "ResNet152"),
        )
    ]
    named += [
        Architecture(name, name.upper(), 224, "caffe", f"{_KERAS}/{name}/{name}_{_TF_KERNELS}.h5")
        for name in ("vgg16", "vgg19")
    ]
    named += [
        Architecture(f"densenet{n}", f"DenseNet{n}", 224, "torch", f"{_KERAS}/densenet/densenet{n}_{_TF_KERNELS}.h5")
        for n in (121, 169, 201)
    ]
    named += [
        Architecture(
            f"efficientnet_b{n}",
            f"EfficientNetB{n}",
            px,
            "none",
            f"https://storage.googleapis.com/keras-applications/efficientnetb{n}.h5",
        )
        for n, px in enumerate((224, 240, 260, 300, 380, 456, 528, 600))
    ]
    named += [
        Architecture(
            f"efficientnet_v2_b{n}",
            f"EfficientNetV2B{n}",
            px,
            "none",
            f"{_KERAS}/efficientnet_v2/efficientnetv2-b{n}.h5",
        )
        for n, px in enumerate((224, 240, 260, 300))
    ]
    return [
        *named,
        Architecture("resnet50_v2", "ResNet50V2", 224, "tf", f"{_KERAS}/resnet/resnet50v2_{_TF_KERNELS}.h5"),
        Architecture("mobilenet", "MobileNet", 224, "tf", f"{_KERAS}/mobilenet/mobilenet_1_0_224_tf.h5"),
        Architecture(
            "mobilenet_v2",
            "MobileNetV2",
            224,
            "tf",
            f"{_KERAS}/mobilenet_v2/mobilenet_v2_{_TF_KERNELS}_1.0_224.h5",
        ),
        Architecture("inception_v3", "InceptionV3", 299, "tf", f"{_KERAS}/inception_v3/inception_v3_{_TF_KERNELS}.h5"),
        Architecture("xception", "Xception", 299, "tf", f"{_KERAS}/xception/xception_{_TF_KERNELS}.h5"),
    ]


CATALOG = {architecture.name: architecture for architecture in _architectures()}


def get_architecture(name: str) -> Architecture:
    """The architecture of that name. Raises UnknownModelError, which names what comes close."""
    if name in CATALOG:
        return CATALOG[name]
    close = get_close_matches(name.lower(), CATALOG, n=3) or sorted(CATALOG)
    raise UnknownModelError(f"No architecture {name!r}. There are: {', '.join(close)}.")
