"""The names of the classes of ImageNet."""

from classifier.inference.labels.imagenet import imagenet_labels


def test_imagenet_has_a_thousand_classes_of_which_two_share_a_name() -> None:
    labels = imagenet_labels()

    assert len({label.wnid for label in labels}) == 1000
    assert len({label.name for label in labels}) == 998
