"""What people may write: files, variables, durations, lists, database addresses."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.config import load
from app.config.policy import policy
from tests.app.conftest import Load


def test_with_neither_file_nor_environment_there_are_defaults_and_a_local_file() -> None:
    config = load()

    assert config.database.url.reveal() == "sqlite+aiosqlite:///storefront.sqlite3"
    assert config.shop.currency == "EUR"
    assert config.telegram.token is None


def test_the_environment_wins_over_the_file(load_text: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREFRONT_SHOP__NAME", "From the environment")

    config = load_text('[shop]\nname = "From the file"\ncurrency = "USD"')

    assert (config.shop.name, config.shop.currency) == ("From the environment", "USD")


@pytest.mark.parametrize("written", ["[1, 2]", "1,2", " 1 , 2 "])
def test_operators_in_the_environment_are_json_or_numbers_with_commas(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOREFRONT_SHOP__OPERATORS", written)

    assert load().shop.operators == (1, 2)


@pytest.mark.parametrize(("written", "meant"), [("true", True), ("1", True), ("Yes", True), ("off", False)])
def test_a_switch_in_the_environment_is_a_word(written: str, meant: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREFRONT_PAYMENTS__STARS__ENABLED", written)

    assert load().payments.stars.enabled is meant


def test_numbers_and_spaces_in_the_environment_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREFRONT_WEB__PORT", " 9090 ")
    monkeypatch.setenv("storefront_shop__name", " Corner ")

    config = load()

    assert (config.web.port, config.shop.name) == (9090, "Corner")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_file_is_read_as_editors_write_it(encoding: str, ends: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(f'[shop]{ends}name = "Tee & Töpfe"{ends}'.encode(encoding))

    assert load(file).shop.name == "Tee & Töpfe"


def test_a_secret_in_a_file_is_read_as_editors_write_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "token"
    secret.write_bytes("12:AAE-pretend\r\n".encode("utf-8-sig"))
    monkeypatch.setenv("STOREFRONT_TELEGRAM__TOKEN_FILE", str(secret))

    token = load().telegram.token

    assert token is not None
    assert token.reveal() == "12:AAE-pretend"


def test_one_variable_may_hold_a_whole_section_and_single_ones_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREFRONT_SHOP", '{"name": "Tea", "currency": "USD", "operators": [7]}')
    monkeypatch.setenv("STOREFRONT_SHOP__NAME", "Corner")

    shop = load().shop

    assert (shop.name, shop.currency, shop.operators) == ("Corner", "USD", (7,))


def test_shipping_in_the_environment_is_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "STOREFRONT_SHOP__SHIPPING", '[{"id": "post", "title": "Post", "price": "4.90", "countries": ["DE"]}]'
    )

    (way,) = load().shop.shipping

    assert (way.id, way.price, way.countries) == ("post", "4.90", ("DE",))


def test_an_empty_variable_is_as_if_it_were_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREFRONT_TELEGRAM__TOKEN", "")
    monkeypatch.setenv("STOREFRONT_REDIS__URL", "")

    assert load().telegram.token is None
    assert load().redis.url is None


def test_a_setting_three_levels_deep_has_an_environment_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREFRONT_PAYMENTS__STRIPE__SECRET_KEY", "sk_test_pretend")

    secret = load().payments.stripe.secret_key

    assert secret is not None
    assert secret.reveal() == "sk_test_pretend"


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ('"90s"', 90),
        ('"15m"', 900),
        ('"2h"', 7200),
        ('"3d"', 259_200),
        ("5", 5),
        ("0.5", 0.5),
        ('"1.5m"', 90),
        ('"20"', 20),
    ],
)
def test_durations_are_numbers_of_seconds_or_have_a_unit(written: str, seconds: float, load_text: Load) -> None:
    assert load_text(f"[schedule]\norder_hold = {written}").schedule.order_hold == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sqlite:///shop.db", "sqlite+aiosqlite:///shop.db"),
        ("sqlite:////var/lib/shop.db", "sqlite+aiosqlite:////var/lib/shop.db"),
        ("postgresql://u:p@h:5/d", "postgresql+asyncpg://u:p@h:5/d"),
        ("postgres://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("mysql://u:p@h/d", "mysql+asyncmy://u:p@h/d?charset=utf8mb4"),
        ("mariadb://u:p@h/d", "mysql+asyncmy://u:p@h/d?charset=utf8mb4"),
        ("postgresql+asyncpg://u@h/d", "postgresql+asyncpg://u@h/d"),
    ],
)
def test_a_database_address_needs_no_driver(written: str, meant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREFRONT_DATABASE__URL", written)

    assert load().database.url.reveal() == meant


def test_a_configuration_cannot_be_changed() -> None:
    config = load()

    with pytest.raises(AttributeError, match="immutable"):
        config.shop.name = "Other"  # type: ignore[misc]  # that it is refused is the point


def test_amounts_reach_the_rules_in_minor_units_of_the_currency(load_text: Load) -> None:
    dinar = load_text(
        '[shop]\ncurrency = "KWD"\ntips = ["0.250"]\nmax_tip = "1"\n[[shop.shipping]]\nid = "post"\nprice = "1.5"'
    )
    yen = load_text('[shop]\ncurrency = "JPY"\n[[shop.shipping]]\nid = "post"\nprice = "500"')

    assert (policy(dinar).tips, policy(dinar).max_tip, policy(dinar).shipping[0].price) == ((250,), 1000, 1500)
    assert policy(yen).shipping[0].price == 500
