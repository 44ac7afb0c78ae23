"""The files that deploy the service: valid for Kubernetes and Compose, locked down, and true to the settings."""

from __future__ import annotations

import functools
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from service import settings
from service.keys import Keyring
from tests.deploy.servers import ROOT

KUBERNETES = ROOT / "deploy" / "kubernetes"
COMPOSE = ROOT / "deploy" / "compose.yaml"
VERSIONS = ("1.29", "1.33")
BUILDER = next(
    ([tool, *more] for tool, *more in (("kustomize", "build"), ("kubectl", "kustomize")) if shutil.which(tool)), None
)
Manifest = Mapping[str, Any]


def read(file: Path) -> list[Manifest]:
    return [item for item in yaml.safe_load_all(file.read_bytes()) if item]


FILES = sorted(file for file in KUBERNETES.rglob("*.yaml") if file.name != "kustomization.yaml")
MANIFESTS = [manifest for file in FILES for manifest in read(file)]


def of_kind(kind: str) -> list[Manifest]:
    return [manifest for manifest in MANIFESTS if manifest["kind"] == kind]


def name_of(manifest: Manifest) -> str:
    return f"{manifest['kind']} {manifest['metadata']['name']}"


@functools.cache
def build() -> list[Manifest]:
    """What kustomize makes of the folder."""
    if BUILDER is None:
        pytest.skip("neither kustomize nor kubectl is installed")
    made = subprocess.run([*BUILDER, str(KUBERNETES)], capture_output=True, check=False)
    assert made.returncode == 0, made.stderr.decode()
    return [item for item in yaml.safe_load_all(made.stdout) if item]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("manifest", MANIFESTS, ids=name_of)
def test_manifests_keep_the_schemas_of_kubernetes(manifest: Manifest, version: str) -> None:
    kubernetes_validate.validate(manifest, version, strict=True)


def test_a_misspelt_field_is_refused() -> None:
    (budget,) = of_kind("PodDisruptionBudget")
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate({**budget, "spec": {**budget["spec"], "minAvailble": 1}}, VERSIONS[0], strict=True)


def test_kustomize_makes_the_same_resources_valid_and_in_one_namespace() -> None:
    built = build()
    assert {name_of(item) for item in built} == {name_of(item) for item in MANIFESTS if item["kind"] != "Secret"}
    for manifest in built:
        kubernetes_validate.validate(manifest, VERSIONS[-1], strict=True)
        if manifest["kind"] != "Namespace":
            assert manifest["metadata"]["namespace"] == "kroscek"


def test_every_manifest_is_a_resource_but_the_example_of_a_secret() -> None:
    listed = {
        folder / name
        for folder in (KUBERNETES, KUBERNETES / "redis")
        for name in yaml.safe_load((folder / "kustomization.yaml").read_bytes())["resources"]
    }
    assert listed - {KUBERNETES / "redis"} == set(FILES) - {KUBERNETES / "secret.example.yaml"}


@pytest.mark.parametrize("deployment", of_kind("Deployment"), ids=name_of)
def test_pods_are_locked_down(deployment: Manifest) -> None:
    pod = deployment["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault"
    assert pod["automountServiceAccountToken"] is False
    for container in pod["containers"]:
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert container["resources"]["limits"]["memory"]
        assert container["readinessProbe"]
        assert container["livenessProbe"]


def test_the_probes_ask_what_the_service_answers() -> None:
    container = api()["spec"]["template"]["spec"]["containers"][0]
    asked = {name: container[f"{name}Probe"]["httpGet"] for name in ("startup", "readiness", "liveness")}
    assert {name: probe["path"] for name, probe in asked.items()} == {
        "startup": "/readyz", "readiness": "/readyz", "liveness": "/livez",
    }  # fmt: skip
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    assert {probe["port"] for probe in asked.values()} == {"http"}
    assert ports == {"http": 8000, "metrics": int(configured()["KROSCEK_METRICS_PORT"])}


def test_the_configuration_is_one_that_the_service_takes(tmp_path: Path) -> None:
    (secret,) = of_kind("Secret")
    keys = tmp_path / "keys"
    keys.write_text(secret["stringData"]["keys"], encoding="utf-8")
    read_settings = settings.read({**configured(), "KROSCEK_API_KEYS_FILE": str(keys)})
    settings.check(read_settings)
    assert Keyring(read_settings).is_configured
    mounts = api()["spec"]["template"]["spec"]["containers"][0]["volumeMounts"]
    assert Path(configured()["KROSCEK_API_KEYS_FILE"]).parent in {Path(mount["mountPath"]) for mount in mounts}


def test_pods_are_given_time_to_finish_their_requests() -> None:
    pod = api()["spec"]["template"]["spec"]
    pause = int(pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][-1])
    assert pod["terminationGracePeriodSeconds"] > pause + int(configured()["KROSCEK_GRACEFUL_SECONDS"])


def test_what_selects_pods_selects_some() -> None:
    labels = [item["spec"]["template"]["metadata"]["labels"].items() for item in of_kind("Deployment")]
    selectors = [
        *(
            item["spec"]["selector"]["matchLabels"]
            for item in (*of_kind("Deployment"), *of_kind("PodDisruptionBudget"))
        ),
        *(item["spec"]["selector"] for item in of_kind("Service")),
        *(item["spec"]["podSelector"]["matchLabels"] for item in of_kind("NetworkPolicy")),
    ]
    assert len(selectors) == 7
    for selector in selectors:
        assert sum(selector.items() <= held for held in labels) == 1
    (scaler,) = of_kind("HorizontalPodAutoscaler")
    assert scaler["spec"]["scaleTargetRef"]["name"] == api()["metadata"]["name"]
    assert "replicas" not in api()["spec"]
    assert all(item["spec"]["policyTypes"] == ["Ingress", "Egress"] for item in of_kind("NetworkPolicy"))


def test_the_compose_file_is_locked_down_and_one_that_the_service_takes(tmp_path: Path) -> None:
    services = yaml.safe_load(COMPOSE.read_bytes())["services"]
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["healthcheck"]["test"]
        assert not service["user"].startswith("0")
    environment = services["kroscek"]["environment"]
    keys = tmp_path / "keys"
    keys.write_text(f"newsroom={'0' * 64}\n", encoding="utf-8")
    # the image itself says where to listen
    settings.check(settings.read({**environment, "KROSCEK_HOST": "0.0.0.0", "KROSCEK_API_KEYS_FILE": str(keys)}))
    assert environment["KROSCEK_REDIS_URL"].split("/")[2] == "redis:6379"
    stop = int(services["kroscek"]["stop_grace_period"].removesuffix("s"))
    assert stop > settings.Settings().graceful_seconds
    assert all(published.startswith("127.0.0.1:") for published in services["kroscek"]["ports"])


def test_compose_itself_takes_the_file(tmp_path: Path) -> None:
    command = next(compose_commands(), None)
    if command is None:
        pytest.skip("Compose is not installed")
    (tmp_path / "keys").touch()
    copied = tmp_path / COMPOSE.name
    copied.write_bytes(COMPOSE.read_bytes())
    taken = subprocess.run([*command, "--file", str(copied), "config", "--quiet"], capture_output=True, check=False)
    assert taken.returncode == 0, taken.stderr.decode()


def compose_commands() -> Iterator[list[str]]:
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]):
            asked = subprocess.run([*command, "version"], capture_output=True, check=False)
            if not asked.returncode:
                yield command


def api() -> Manifest:
    return next(item for item in of_kind("Deployment") if item["metadata"]["name"] == "kroscek")


def configured() -> dict[str, str]:
    (found,) = of_kind("ConfigMap")
    return dict(found["data"])
