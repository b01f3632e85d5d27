"""The Kubernetes manifests fit together, keep to the restricted profile, and name what exists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from handlers import cli
from handlers.web import health, public
from tests.test_readme import variables

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
PODS = {"web", "worker", "migrate"}
Manifest = dict[str, Any]


def read(path: Path) -> list[Manifest]:
    return [m for m in yaml.safe_load_all(path.read_text(encoding="utf-8")) if m]


def resources(folder: str) -> Iterator[Manifest]:
    """Yield every manifest that the kustomization names; each file of the folder must be named."""
    (made,) = read(FOLDER / folder / "kustomization.yaml")
    others = {p.name for p in (FOLDER / folder).glob("*.yaml")} - {
        "kustomization.yaml",
        "secret.example.yaml",
    }
    assert set(made["resources"]) == others
    for name in made["resources"]:
        yield from read(FOLDER / folder / name)


BASE = list(resources("base"))


def of(kind: str) -> list[Manifest]:
    return [m for m in BASE if m["kind"] == kind]


def templates() -> dict[str, Manifest]:
    """Return the pod templates by component."""
    found = [m["spec"]["template"] for m in BASE if m["kind"] in {"Deployment", "Job"}]
    return {t["metadata"]["labels"]["app.kubernetes.io/component"]: t for t in found}


def container(component: str) -> Manifest:
    (only,) = templates()[component]["spec"]["containers"]
    return dict(only)


def test_what_is_asked_for_is_there() -> None:
    kinds = {
        "Namespace", "ServiceAccount", "ConfigMap", "Job", "Deployment", "Service", "Ingress",
        "PodDisruptionBudget", "NetworkPolicy", "HorizontalPodAutoscaler",
    }  # fmt: skip
    assert {m["kind"] for m in BASE} == kinds
    assert set(templates()) == PODS
    assert [m["kind"] for m in resources("autoscaling")] == ["ScaledObject"]


def test_the_api_versions_are_current() -> None:
    stable = {"v1", "apps/v1", "batch/v1", "networking.k8s.io/v1", "policy/v1", "autoscaling/v2"}
    assert {m["apiVersion"] for m in BASE} == stable


@pytest.mark.parametrize("component", sorted(PODS))
def test_a_pod_keeps_to_the_restricted_profile(component: str) -> None:
    pod, inside = templates()[component]["spec"], container(component)
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] == 10001
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert inside["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {"/tmp", "/data"} == {v["mountPath"] for v in inside["volumeMounts"]}
    assert {v["name"] for v in inside["volumeMounts"]} == {v["name"] for v in pod["volumes"]}
    assert inside["resources"]["requests"].keys() == {"cpu", "memory"}
    assert "memory" in inside["resources"]["limits"]


@pytest.mark.parametrize("component", sorted(PODS))
def test_a_pod_runs_a_command_that_msc_has(component: str) -> None:
    known = typer.main.get_command(cli.build()).commands  # type: ignore[attr-defined]
    command, *options = container(component)["args"]
    assert command in known
    if options:
        assert options == ["--role", component]


def test_every_image_is_pinned_by_the_kustomization() -> None:
    (made,) = read(FOLDER / "base" / "kustomization.yaml")
    assert {container(c)["image"] for c in PODS} == {i["name"] for i in made["images"]}
    assert all(i["newTag"][0].isdigit() for i in made["images"])


@pytest.mark.parametrize("component", ["web", "worker"])
def test_the_probes_ask_what_we_serve(component: str) -> None:
    served = {route.path for route in health.routes({})}
    inside = container(component)
    asked = {p: inside[p]["httpGet"]["path"] for p in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert asked == {"startupProbe": "/healthz", "livenessProbe": "/healthz", "readinessProbe": "/readyz"}
    assert set(asked.values()) <= served
    assert {inside[p]["httpGet"]["port"] for p in asked} == {inside["ports"][0]["name"]}
    assert inside["readinessProbe"]["timeoutSeconds"] > health.PATIENCE
    notes = templates()[component]["metadata"]["annotations"]
    assert notes["prometheus.io/path"] in served
    assert notes["prometheus.io/port"] == str(inside["ports"][0]["containerPort"])


def test_there_is_time_to_finish_before_the_kill() -> None:
    from handlers.cli.serve import FINISH_WITHIN

    for component in ("web", "worker"):
        assert templates()[component]["spec"]["terminationGracePeriodSeconds"] > FINISH_WITHIN


def test_every_variable_is_a_setting_and_secrets_stay_out_of_the_config() -> None:
    (config,) = of("ConfigMap")
    (secret,) = read(FOLDER / "base" / "secret.example.yaml")
    assert set(config["data"]) | set(secret["stringData"]) <= set(variables())
    assert not set(config["data"]) & set(secret["stringData"])
    assert not [n for n in config["data"] if any(w in n for w in ("SECRET", "TOKEN", "KEY", "DATABASE"))]
    for component in PODS:
        named = [next(iter(e.values()))["name"] for e in container(component)["envFrom"]]
        assert named == [config["metadata"]["name"], secret["metadata"]["name"]]


def test_what_points_at_pods_finds_them() -> None:
    label = "app.kubernetes.io/component"
    (service,) = of("Service")
    assert service["spec"]["selector"][label] == "web"
    for deployment in of("Deployment"):
        chosen = deployment["spec"]["selector"]["matchLabels"][label]
        assert deployment["metadata"]["name"] == f"msc-{chosen}"
        assert deployment["spec"]["replicas"] == 2
    budgets = {b["spec"]["selector"]["matchLabels"][label] for b in of("PodDisruptionBudget")}
    assert budgets == {"web", "worker"}
    (made,) = read(FOLDER / "base" / "kustomization.yaml")
    (labels,) = made["labels"]
    (policy,) = of("NetworkPolicy")
    chosen = policy["spec"]["podSelector"]["matchLabels"]
    assert labels["includeTemplates"] and chosen.items() <= labels["pairs"].items()


def test_only_what_slack_and_people_need_is_public() -> None:
    (ingress,) = of("Ingress")
    (rule,) = ingress["spec"]["rules"]
    paths = {p["path"]: p["pathType"] for p in rule["http"]["paths"]}
    pages = dict.fromkeys(public.PATHS, "Exact")
    assert paths == pages | {"/slack/": "Prefix"}
    (service,) = of("Service")
    assert {p["backend"]["service"]["name"] for p in rule["http"]["paths"]} == {service["metadata"]["name"]}
    (config,) = of("ConfigMap")
    assert config["data"]["MSC_PUBLIC_URL"] == f"https://{rule['host']}"
    assert ingress["spec"]["tls"][0]["hosts"] == [rule["host"]]


def test_scaling_points_at_what_is_there() -> None:
    (web,) = of("HorizontalPodAutoscaler")
    (worker,) = resources("autoscaling")
    names = {d["metadata"]["name"] for d in of("Deployment")}
    assert {web["spec"]["scaleTargetRef"]["name"], worker["spec"]["scaleTargetRef"]["name"]} == names
    assert web["spec"]["minReplicas"] >= 2 and worker["spec"]["minReplicaCount"] >= 2


def test_nothing_private_can_be_reached_from_a_pod() -> None:
    (policy,) = of("NetworkPolicy")
    assert policy["spec"]["policyTypes"] == ["Ingress", "Egress"]
    web = next(e for e in policy["spec"]["egress"] if {"protocol": "TCP", "port": 443} in e["ports"])
    (block,) = (t["ipBlock"] for t in web["to"])
    assert {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"} <= set(block["except"])
