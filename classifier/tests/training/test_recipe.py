"""What a recipe says of each epoch."""

from classifier.training.augmentation import Views
from classifier.training.recipe import Recipe


def test_the_last_tenth_of_the_epochs_sees_photos_as_they_are_served() -> None:
    recipe = Recipe(epochs=40, image_size_px=64)

    assert recipe.settles_from == 36
    assert [recipe.views(epoch).size_px for epoch in (0, 23, 24, 35, 39)] == [48, 48, 64, 64, 64]
    assert recipe.views(35).smallest_area is not None
    assert recipe.views(36) == Views(64, smallest_area=None)
