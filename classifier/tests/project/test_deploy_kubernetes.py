"""The files in deploy/kubernetes/ are what Kubernetes takes, and agree with each other and the code."""

import ast
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from classifier.conf import SETTINGS, Conf
from classifier.server.limits import Limits
from classifier_project.env import Variables
from classifier_project.settings import BASE_DIR, DATA_UPLOAD_MAX_MEMORY_SIZE

FOLDER = Path(BASE_DIR) / "deploy/kubernetes"
CUSTOM = {"Kustomization", "RayService"}
"""Kinds that are not Kubernetes' own."""
VERSIONS = ("1.31", "1.34")
OF_OTHERS = {"WEB_CONCURRENCY"}
RAY = {"directory", "application"}


def documents() -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.iterdir()):
        yield from yaml.safe_load_all(path.read_text())


def the(kind: str) -> dict[str, Any]:
    (found,) = [document for document in documents() if document["kind"] == kind]
    return found


def pods() -> list[dict[str, Any]]:
    return [the(kind)["spec"]["template"]["spec"] for kind in ("Deployment", "Job")]


@pytest.mark.parametrize("version", VERSIONS)
def test_kubernetes_takes_them(version: str) -> None:
    kinds = set()
    for document in documents():
        if document["kind"] not in CUSTOM:
            kubernetes_validate.validate(document, version, strict=True)
            kinds.add(document["kind"])

    assert {"Deployment", "HorizontalPodAutoscaler", "PodDisruptionBudget", "Ingress", "NetworkPolicy", "Job"} <= kinds


def test_what_it_would_not_take_is_noticed() -> None:
    wrong = copy.deepcopy(the("Deployment"))
    wrong["spec"]["template"]["spec"]["containers"][0]["probe"] = {}

    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[0], strict=True)


def test_every_file_is_applied_or_says_how() -> None:
    named = set(the("Kustomization")["resources"])

    assert {path.name for path in FOLDER.iterdir()} - named == {"kustomization.yaml", "ray.yaml"}


def test_what_it_tells_the_application_is_a_setting() -> None:
    known = {row.name for row in SETTINGS} | {name for name in dir(Variables) if name.isupper()} | OF_OTHERS

    assert set(the("ConfigMap")["data"]) - known == set()


def test_a_pod_ends_after_its_requests() -> None:
    pod = the("Deployment")["spec"]["template"]["spec"]
    _, pause_s = pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"]

    assert pod["terminationGracePeriodSeconds"] > int(pause_s) + Limits().drain_s + 5


def test_a_pod_has_a_core_for_each_photo_in_work() -> None:
    cores = the("Deployment")["spec"]["template"]["spec"]["containers"][0]["resources"]["requests"]["cpu"]

    assert cores == the("ConfigMap")["data"]["CLASSIFIER_MAX_CONCURRENT_PHOTOS"]


def test_the_ingress_takes_what_the_application_takes() -> None:
    taken = the("Ingress")["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-body-size"]

    assert int(taken) == Conf.max_upload_bytes.default + DATA_UPLOAD_MAX_MEMORY_SIZE


def test_pods_may_do_little() -> None:
    for pod in pods():
        assert pod["securityContext"]["runAsNonRoot"]
        (container,) = pod["containers"]
        rights = container["securityContext"]
        assert (rights["allowPrivilegeEscalation"], rights["readOnlyRootFilesystem"]) == (False, True)
        assert rights["capabilities"] == {"drop": ["ALL"]}


def test_all_containers_of_ray_may_do_as_little_as_the_namespace_wants() -> None:
    cluster = the("RayService")["spec"]["rayClusterConfig"]
    groups = [cluster["headGroupSpec"], *cluster["workerGroupSpecs"]]
    rights = [group["template"]["spec"]["containers"][0]["securityContext"] for group in groups]

    assert the("Namespace")["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    for own in [cluster["autoscalerOptions"]["securityContext"], *rights]:  # KubeRay adds the autoscaler's container
        assert own == {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}


def test_ray_is_asked_for_what_is_there() -> None:
    config = yaml.safe_load(the("RayService")["spec"]["serveConfigV2"])
    names = {app["import_path"].split(":")[1] for app in config["applications"]}
    source = ast.parse((Path(BASE_DIR) / "deploy/ray/networks.py").read_text())
    functions = {node.name for node in source.body if isinstance(node, ast.FunctionDef)}
    requirements = (Path(BASE_DIR) / "deploy/ray/requirements.txt").read_text()

    assert names == RAY <= functions
    assert f"ray[serve]=={the('RayService')['spec']['rayClusterConfig']['rayVersion']}\n" in requirements
