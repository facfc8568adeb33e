"""A version beside the one that serves."""

from classifier.inference import instance
from classifier.model_registry.loading import loaded_alone
from classifier.models import ModelVersion


def test_another_version_is_loaded_and_the_one_that_serves_stays(serving: ModelVersion, second: ModelVersion) -> None:
    with loaded_alone(second) as (service, grown_mib):
        assert service.ref.name == "second"
        assert grown_mib >= 0

    assert instance.get().ref.name == "colours"
