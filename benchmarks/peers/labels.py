"""ImageNet's labels for Keras' `decode_predictions`, which would download them."""

from classifier.inference.labels.imagenet import imagenet_labels


def let_keras_know_the_labels() -> None:
    from keras.src.applications import imagenet_utils

    imagenet_utils.CLASS_INDEX = {str(i): [label.wnid, label.name] for i, label in enumerate(imagenet_labels())}
