"""The image and the compose file: whole, unprivileged, and speaking of settings that exist."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.config import Config
from app.config.mistakes import setting_at
from tests.house import compose
from tests.house.files import ROOMS, ROOT, text

DOCKERFILE = text(Path("Dockerfile"))
COMPOSE = text(Path("compose.yaml"))
SERVICES = compose.read(COMPOSE)["services"]


def test_the_image_holds_every_room_and_the_builder_gets_nothing_else() -> None:
    copied = set(re.findall(r"^COPY ([\w/.]+) ", DOCKERFILE, re.MULTILINE))
    sent = set(re.findall(r"^!(\S+)", text(Path(".dockerignore")), re.MULTILINE))

    assert copied == {*ROOMS, "requirements/run.txt"}
    assert sent == copied


def test_the_image_runs_without_root_from_hashed_packages_and_tells_its_health() -> None:
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", DOCKERFILE, re.MULTILINE)
    assert "--require-hashes" in DOCKERFILE
    assert re.search(r"^HEALTHCHECK [^#]*/healthz", DOCKERFILE, re.MULTILINE)


@pytest.mark.parametrize("written", [DOCKERFILE, COMPOSE], ids=["Dockerfile", "compose.yaml"])
def test_every_setting_that_it_passes_exists(written: str) -> None:
    names = set(re.findall(r"STOREFRONT_\w+__\w+", written))
    paths = {name: tuple(name.removeprefix("STOREFRONT_").lower().split("__")) for name in names}
    unknown = [name for name, path in paths.items() if setting_at(Config, path) is None]

    assert names
    assert unknown == []


def test_two_replicas_stand_behind_the_proxy_and_nothing_else_can_be_reached() -> None:
    port = re.search(r"STOREFRONT_WEB__PORT=(\d+)", DOCKERFILE)

    assert SERVICES["shop"]["deploy"]["replicas"] == 2
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}
    assert all(published.startswith("127.0.0.1:") for published in SERVICES["proxy"]["ports"])
    assert port is not None
    assert f"dynamic a shop {port[1]}" in text(Path("deploy/Caddyfile"))


def test_each_service_waits_for_what_it_needs() -> None:
    waits = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in SERVICES.items()
    }
    checked = {name for name, service in SERVICES.items() if "test" in service.get("healthcheck", {})}

    assert waits == {
        "postgres": {},
        "redis": {},
        "migrate": {"postgres": "service_healthy"},
        "shop": {"migrate": "service_completed_successfully", "redis": "service_healthy"},
        "proxy": {"shop": "service_healthy"},
    }
    assert checked == {"postgres", "redis"}
    assert "healthcheck" not in SERVICES["shop"], "the image's own counts"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_containers_can_write_only_where_they_must_and_may_do_next_to_nothing(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert "/tmp" in service["tmpfs"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["pids_limit"] <= 200
    assert service["mem_limit"] == "1g"
    assert "privileged" not in service


def test_our_own_containers_need_no_exception_at_all() -> None:
    for name in ("migrate", "shop"):
        assert SERVICES[name]["tmpfs"] == ["/tmp"]
        assert not {"user", "cap_add", "volumes"} & set(SERVICES[name])


def test_what_others_made_is_named_by_its_digest() -> None:
    named = [service["image"] for service in SERVICES.values() if service["image"] != "storefront"]
    named += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)

    assert len(named) == 5
    assert [image for image in named if not re.fullmatch(r"[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}", image)] == []


def test_nothing_starts_with_a_password_that_everybody_knows() -> None:
    assert SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert ":${POSTGRES_PASSWORD:?" in SERVICES["shop"]["environment"]["STOREFRONT_DATABASE__URL"]


def test_secrets_come_from_the_environment() -> None:
    passed = [pair for service in SERVICES.values() for pair in service.get("environment", {}).items()]
    secret = {name: value for name, value in passed if re.search(r"TOKEN$|SECRET$|KEY$|PASSWORD$", name)}

    assert len(secret) == 8
    assert all(value.startswith("${" + name + ":") for name, value in secret.items()), secret
    assert "${POSTGRES_PASSWORD:" in SERVICES["shop"]["environment"]["STOREFRONT_DATABASE__URL"]


def test_the_image_is_built_once_and_never_looked_for_elsewhere() -> None:
    ours = {name: service for name, service in SERVICES.items() if service["image"] == "storefront"}

    assert [name for name, service in ours.items() if "build" in service] == ["migrate"]
    assert [name for name, service in ours.items() if service.get("pull_policy") == "never"] == ["shop"]


def test_compose_reads_the_file_as_we_do() -> None:
    """Where there is a client; what we read stands in the tests above."""
    assert set(SERVICES) == {"postgres", "redis", "migrate", "shop", "proxy"}
    if (client := _compose()) is not None:
        asked = [*client, "-f", str(ROOT / "compose.yaml"), "config", "--services"]
        environment = {**os.environ, "POSTGRES_PASSWORD": "pretend"}
        done = subprocess.run(asked, capture_output=True, text=True, check=False, env=environment)

        assert done.returncode == 0, done.stderr
        assert set(done.stdout.split()) == set(SERVICES)


def _compose() -> list[str] | None:
    """The compose client of this machine, as a plug-in or by itself."""
    if docker := shutil.which("docker"):
        asked = subprocess.run([docker, "compose", "version"], capture_output=True, check=False)
        if asked.returncode == 0:
            return [docker, "compose"]
    alone = shutil.which("docker-compose")
    return [alone] if alone else None
