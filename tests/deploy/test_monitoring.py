"""Alerts, dashboard and scaling ask for metrics that /metrics serves; each alert has its runbook entry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase

from bot import metrics

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
RUNBOOK = (DEPLOY / "monitoring" / "runbook.md").read_text(encoding="utf-8")
ALERTS = [
    rule
    for group in yaml.safe_load((DEPLOY / "monitoring" / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
DASHBOARD = json.loads((DEPLOY / "monitoring" / "dashboard.json").read_text(encoding="utf-8"))
# what Prometheus itself adds to every target, and its words
ADDED = {"job", "instance", "namespace", "le"}
METRIC = re.compile(r"\b(msc_\w+|process_\w+|python_\w+)(?:\{([^}]*)\})?")


def served() -> dict[str, set[str]]:
    """Return the labels of every sample that /metrics can have, by its name."""
    found: dict[str, set[str]] = {}
    for metric in (m for m in vars(metrics).values() if isinstance(m, MetricWrapperBase)):
        family = next(iter(metric.describe()))
        ends = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}.get(family.type, [""])
        found |= {family.name + end: set(metric._labelnames) for end in ends}
    for family in REGISTRY.collect():
        for sample in family.samples:
            found.setdefault(sample.name, set(sample.labels))
    return found


def expressions() -> Iterator[tuple[str, str]]:
    """Yield every query of deploy/ with the place where it stands."""
    for alert in ALERTS:
        yield alert["alert"], alert["expr"]
    for panel in DASHBOARD["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"]
    (scaled,) = yaml.safe_load_all(
        (DEPLOY / "kubernetes/autoscaling/worker.yaml").read_text(encoding="utf-8")
    )
    for trigger in scaled["spec"]["triggers"]:
        yield "worker scaling", trigger["metadata"]["query"]


@pytest.mark.parametrize(("place", "expression"), list(expressions()))
def test_a_query_asks_for_what_is_served(place: str, expression: str) -> None:
    known = served()
    for name, selectors in METRIC.findall(expression):
        assert name in known, f"{place}: {name}"
        labels = set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", selectors))
        assert labels <= known[name] | ADDED, f"{place}: {name} has no {labels - known[name] - ADDED}"
    assert METRIC.search(expression) or expression.startswith(("up{", "sum(up{")), place


@pytest.mark.parametrize(("place", "expression"), list(expressions()))
def test_what_a_query_groups_by_is_a_label_of_its_metric(place: str, expression: str) -> None:
    known = served()
    wanted = {w.strip() for group in re.findall(r"\bby \(([^)]*)\)", expression) for w in group.split(",")}
    held = {label for name, _ in METRIC.findall(expression) for label in known.get(name, set())}
    assert wanted <= held | ADDED, place


def test_every_metric_of_ours_is_looked_at_somewhere() -> None:
    asked = {name for _, expression in expressions() for name, _ in METRIC.findall(expression)}
    shown = {re.sub(r"_(bucket|sum|count|total)$", "", name) for name in asked}
    ours = {next(iter(m.describe())).name for m in vars(metrics).values() if isinstance(m, MetricWrapperBase)}
    assert ours - shown == set()


@pytest.mark.parametrize("alert", ALERTS, ids=[a["alert"] for a in ALERTS])
def test_an_alert_says_what_it_means_and_what_to_do(alert: dict[str, Any]) -> None:
    name = alert["alert"]
    assert alert["labels"]["severity"] in {"critical", "warning"}
    assert alert["annotations"]["runbook"] == f"deploy/monitoring/runbook.md#{name.lower()}"
    entry = RUNBOOK.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert [word for word in ("**Means**", "**Look**", "**Do**") if word not in entry] == []


def test_the_runbook_has_no_entry_without_an_alert() -> None:
    assert re.findall(r"^## (\w+)$", RUNBOOK, re.M) == [a["alert"] for a in ALERTS]


def test_the_dashboards_panels_have_places_and_words_of_their_own() -> None:
    panels = DASHBOARD["panels"]
    assert len({p["id"] for p in panels}) == len(panels)
    taken: set[Any] = set()
    for panel in panels:
        place = panel["gridPos"]
        cells = {(place["x"] + dx, place["y"] + dy) for dx in range(place["w"]) for dy in range(place["h"])}
        assert not cells & taken and place["x"] + place["w"] <= 24, panel["title"]
        taken |= cells
        assert panel["title"]


def test_prometheus_asks_the_processes_of_the_compose_file() -> None:
    asked = yaml.safe_load((DEPLOY / "monitoring" / "prometheus.yaml").read_text(encoding="utf-8"))
    (job,) = asked["scrape_configs"]
    (targets,) = (s["targets"] for s in job["static_configs"])
    many = yaml.safe_load((DEPLOY / "compose" / "many.yaml").read_text(encoding="utf-8"))
    serving = {n for n, s in many["services"].items() if s.get("command", [""])[0] == "serve"}
    assert {t.partition(":")[0] for t in targets} == serving
    assert job["job_name"] == "msc"
    assert all((DEPLOY / "monitoring" / name).exists() for name in asked["rule_files"])
