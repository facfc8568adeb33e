"""What can be wrong with a model, for whoever installs, trains or activates one; each text is where it is raised."""

from classifier.errors import ClassifierError


class ModelError(ClassifierError):
    """A model that cannot be installed, loaded or found."""


class UnknownModelError(ModelError):
    """A name that no model or architecture has."""


class WeightsUnavailableError(ModelError):
    """Pre-trained weights that could not be fetched; the text names the address and the ways out."""


class WeightsMismatchError(ModelError):
    """Weights whose hash or shapes are not the expected ones."""


class UnreadableWeightsError(ModelError):
    """A file of weights that is cut off, damaged or in another format."""


class UnsupportedModelError(ModelError):
    """A model file this project will not or cannot serve."""


class LabelsError(ModelError):
    """Labels that do not fit the network's outputs."""


class ParityError(ModelError):
    """The exported network does not answer as the original does."""


class BrokenModelFolderError(ModelError):
    """A model folder that is incomplete, altered or not understood."""


class RemoteModelError(ModelError):
    """A remote server that cannot be reached, or serves another model, version or shape than the model folder says."""


class ToolsMissingError(ModelError):
    """What installs and trains models is not on this machine, which only serves them."""
