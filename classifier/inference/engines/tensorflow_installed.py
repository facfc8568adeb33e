"""Whether TensorFlow is on this machine: serving does without it, making models does not."""

from importlib.util import find_spec

from classifier.inference.errors import ToolsMissingError


def require_tensorflow() -> None:
    """Raises ToolsMissingError where only what serves is installed; nothing is imported to know that."""
    if any(find_spec(name) is None for name in ("tensorflow", "keras", "tf_keras", "h5py")):
        raise ToolsMissingError(
            "This needs TensorFlow, which is not installed: pip install -r requirements.txt. Or do it on another "
            "machine and install the model folder that it makes, which needs nothing."
        )
