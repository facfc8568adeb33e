"""The options of a training run."""

from dataclasses import dataclass

from classifier.training.augmentation import Views

SETTLING_PART = 0.1
"""The last tenth of the epochs sees whole photos, as they are served, at a lower learning rate: this removes the
difference between training and serving views (Touvron et al. 2019, arXiv:1906.06423)."""
EARLY_PART = 2 / 3
"""Up to this part of the other epochs, views are smaller and cropped harder: faster, and better at other scales."""
SMALL_VIEWS = 0.75
EARLY_AREA, LATE_AREA = 0.4, 0.6


@dataclass(frozen=True, slots=True)
class Recipe:
    """The same recipe and photos give the same model."""

    architecture: str = "compact_resnet"
    image_size_px: int = 64
    epochs: int = 16
    batch_size: int = 128
    learning_rate: float = 0.2
    weight_decay: float = 2e-3
    label_smoothing: float = 0.1
    held_out_fraction: float = 0.1
    mixed_precision: bool = True
    seed: int = 0
    start_from: str = ""
    """The model whose weights it starts from; empty for random weights."""

    @property
    def settles_from(self) -> int:
        """The first epoch of settling."""
        return self.epochs - round(self.epochs * SETTLING_PART)

    def views(self, epoch: int) -> Views:
        """How photos are seen in this epoch."""
        if epoch >= self.settles_from:
            return Views(self.image_size_px, smallest_area=None)
        if epoch >= self.settles_from * EARLY_PART:
            return Views(self.image_size_px, smallest_area=LATE_AREA)
        return Views(round(self.image_size_px * SMALL_VIEWS), smallest_area=EARLY_AREA)
