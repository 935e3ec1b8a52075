"""Secrets come from variables or files of their own, and are never shown."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.config import load
from tests.app.conftest import Load, Refusal

TOKEN = "123456:pretend-token-of-a-bot-that-is-not-there"


def test_a_secret_may_lie_in_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "token"
    secret.write_text(TOKEN + "\n", encoding="utf-8")
    monkeypatch.setenv("STOREFRONT_TELEGRAM__TOKEN_FILE", str(secret))

    token = load().telegram.token

    assert token is not None
    assert token.reveal() == TOKEN


def test_the_configuration_file_may_name_the_file_of_a_secret(tmp_path: Path, load_text: Load) -> None:
    secret = tmp_path / "key"
    secret.write_text("sk_test_pretend", encoding="utf-8")

    key = load_text(f'[payments.stripe]\nsecret_key_file = "{secret}"').payments.stripe.secret_key

    assert key is not None
    assert key.reveal() == "sk_test_pretend"


def test_the_address_of_the_database_may_lie_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "url"
    secret.write_text("postgresql://u:p@h/d", encoding="utf-8")
    monkeypatch.setenv("STOREFRONT_DATABASE__URL_FILE", str(secret))

    assert load().database.url.reveal() == "postgresql+asyncpg://u:p@h/d"


def test_a_secret_given_twice_or_in_a_missing_file_is_a_mistake(refusal: Refusal) -> None:
    told = refusal(f"""
        [telegram]
        token = "{TOKEN}"
        token_file = "somewhere"
        provider_token_file = "nowhere"
    """)

    assert told["telegram.token_file"].startswith("is given beside token")
    assert "cannot be read" in told["telegram.provider_token_file"]


def test_what_is_no_secret_has_no_file(refusal: Refusal) -> None:
    assert list(refusal('[shop]\nname_file = "x"')) == ["shop.name_file"]


def test_no_mistake_shows_the_value_of_a_secret(refusal: Refusal) -> None:
    told = refusal("""
        [telegram]
        token = "hunter-two"
        webhook_secret = "hunter two"
        [database]
        url = "oracle://user:hunter-two@host/name"
        [redis]
        url = "http://user:hunter-two@host"
    """)

    assert len(told) == 4
    assert "hunter" not in str(told)


def test_neither_the_value_nor_the_command_shows_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREFRONT_DATABASE__URL", "postgresql://user:hunter2@host/name")
    monkeypatch.setenv("STOREFRONT_TELEGRAM__TOKEN", TOKEN)

    shown = repr(load()) + str(load()) + CliRunner().invoke(app, ["check-config"]).output

    assert "postgresql+asyncpg://user:***@host/name" in shown
    assert "hunter2" not in shown
    assert TOKEN not in shown
