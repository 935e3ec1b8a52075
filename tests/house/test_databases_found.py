"""The first line of a test run says which databases it ran on, which not, and why; what is missing stops nothing."""

from pathlib import Path

import pytest

from tests.world import servers


def test_without_any_server_the_headline_names_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(servers.THROWAWAY, "1")
    monkeypatch.setenv(servers.DEMANDED, "sqlite,mariadb")

    found = servers.find()

    assert list(found.urls) == ["sqlite"]
    assert found.headline().startswith("databases: sqlite (files) | NOT no mariadb: nothing answers on 127.0.0.1:3306")


def test_a_given_address_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(servers.THROWAWAY, raising=False)
    monkeypatch.setenv(servers.DEMANDED, "postgresql")
    monkeypatch.setenv(servers.ADDRESS["postgresql"], "postgresql://tester@db.example/tests")

    found = servers.find()

    assert found.urls == {"postgresql": "postgresql://tester@db.example/tests"}
    assert found.headline() == "databases: postgresql (TEST_POSTGRES_URL)"


def test_a_database_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(servers.DEMANDED, "sqlite,oracle")

    with pytest.raises(ValueError, match=r"oracle; known: sqlite, postgresql, mariadb"):
        servers.wanted()


@pytest.mark.nightly
def test_throwaway_servers_start_and_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(servers.THROWAWAY, "1")
    monkeypatch.delenv(servers.DEMANDED, raising=False)

    found = servers.find()
    with found.started:
        assert {*found.origin.values()} <= {"files", "throwaway"}
        assert all(servers._answers(url) for kind, url in found.urls.items() if kind != "sqlite")
        running = dict(found.urls)
    assert not any(servers._answers(url) for kind, url in running.items() if kind == "mariadb")
