"""Every mistake is told at once, with its key and what to write instead."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.config import ConfigMistakes, load
from tests.app.conftest import Refusal


def test_every_mistake_is_listed_at_once(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREFRONT_SHOP__MAX_QUANTITY", "many")

    told = refusal("""
        [telegram]
        mode = "webhook"
        [shop]
        currency = "EURO"
        page_size = 0
        [schedule]
        tick = "soon"
        [payments.stripe]
        page = "5m"
    """)

    assert set(told) == {
        "STOREFRONT_SHOP__MAX_QUANTITY",
        "shop.currency",
        "shop.page_size",
        "schedule.tick",
        "telegram.webhook_url",
        "telegram.webhook_secret",
        "payments.stripe.page",
    }


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        ('[shop]\ncurency = "EUR"', "shop.curency", "Did you mean shop.currency?"),
        ('[shopp]\nname = "x"', "shopp", "Did you mean shop?"),
        ('[payments.strip]\nsecret_key = "x"', "payments.strip", "Did you mean payments.stripe?"),
        (
            '[[shop.shipping]]\nid = "a"\ncost = "1"',
            "shop.shipping[1].cost",
            "Known there: id, title, price, titles",
        ),
        ('[shop]\ncurrency = "EURO"', "shop.currency", 'currency = "EUR"'),
        ('[shop]\ntimezone = "Berlin"', "shop.timezone", 'timezone = "Europe/Berlin"'),
        ('[shop]\ntimezone = "/etc/passwd"', "shop.timezone", "is no time zone"),
        ('[shop]\npage_size = "six"', "shop.page_size", "is not a whole number"),
        ("[shop]\npage_size = 0", "shop.page_size", "is less than 1"),
        ("[shop]\nkeep_orders_days = 7", "shop.keep_orders_days", "is less than 30"),
        ("[shop]\nkeep_messages_days = -1", "shop.keep_messages_days", "is less than 0"),
        ('[shop]\nname = ""', "shop.name", "is less than 1"),
        (f'[shop]\nname = "{"x" * 65}"', "shop.name", "is longer than 64"),
        ("[shop]\nname = 7", "shop.name", "is not a text"),
        ('[shop]\nmax_tip = "much"', "shop.max_tip", "does not look like one"),
        ('[shop]\ntips = ["1", "2", "3", "4", "5"]\nmax_tip = "9"', "shop.tips", "is longer than 4"),
        ("[shop]\noperators = 12", "shop.operators", "is not a list"),
        ("[shop]\noperators = [0]", "shop.operators[1]", "is less than 1"),
        ('[[shop.shipping]]\nid = "By Post"', "shop.shipping[1].id", "does not look like one"),
        ("[schedule]\ntick = 1e300", "schedule.tick", "is longer than anybody waits"),
        ("[schedule]\ntick = true", "schedule.tick", "is not a duration"),
        ("[telegram]\ntoken = 12", "telegram.token", "is not a text"),
        ("[web]\nport = 70000", "web.port", "is more than 65535"),
        ("[schedule]\ntick = 0", "schedule.tick", "is not more than 0"),
        ('[schedule]\ntick = "soon"', "schedule.tick", 'tick = "1s"'),
        ('[logs]\nlevel = "loud"', "logs.level", "'debug', 'info', 'warning' or 'error'"),
        ('[shop]\noperators = ["me"]', "shop.operators[1]", "is not a whole number"),
        ('[telegram]\napi_url = "telegram.org"', "telegram.api_url", "starts with http:// or https://"),
        ('[telegram]\nmode = "pull"', "telegram.mode", "'polling' or 'webhook'"),
        ('[payments.cash]\nenabled = "perhaps"', "payments.cash.enabled", "neither true nor false"),
        ('[database]\nurl = "sqlite://"', "database.url", "a shop in memory forgets its orders"),
        ('[database]\nurl = "sqlite:////no/such/folder/shop.sqlite3"', "database.url", "Make the folder"),
        ('[database]\nurl = "sqlite:////tmp"', "database.url", "which is a folder"),
        ('[database]\nurl = "oracle://h/d"', "database.url", "that we do not speak"),
        ('[redis]\nurl = "localhost"', "redis.url", "is not a Redis address"),
        ("shop = 3", "shop", "is not a table of settings"),
        ('[payments.stripe]\nsecret_key = "pk_test_pretend"', "payments.stripe.secret_key", "publishable key"),
        ('[payments.stripe]\nsecret_key = "whsec_pretend"', "payments.stripe.secret_key", "secret of a webhook"),
        ('[payments.stripe]\nsecret_key = "pretend"', "payments.stripe.secret_key", "begin with sk_ or rk_"),
        ('[telegram]\nwebhook_secret = "a"', "telegram.webhook_secret", "too easy to guess"),
        ('[telegram]\nwebhook_secret = "abcdefghijklmnopqrstuvwxyz"', "telegram.webhook_secret", "too easy to guess"),
        (f'[telegram]\nwebhook_secret = "{"ab" * 32}"', "telegram.webhook_secret", "too easy to guess"),
    ],
)
def test_a_mistake_names_its_setting_and_what_to_write(text: str, key: str, says: str, refusal: Refusal) -> None:
    told = refusal(text)

    assert list(told) == [key]
    assert says in told[key]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[shop]\ntips = ["2", "1"]\nmax_tip = "5"', "shop.tips"),
        ('[shop]\ntips = ["2"]\nmax_tip = "1"', "shop.max_tip"),
        ('[shop]\ncurrency = "JPY"\nmax_tip = "1.5"', "shop.max_tip"),
        ('[[shop.shipping]]\nid = "a"\n[[shop.shipping]]\nid = "a"', "shop.shipping[2].id"),
        ('[[shop.shipping]]\nid = "a"\nprice = "1.005"', "shop.shipping[1].price"),
        ('[[shop.texts]]\nlanguage = "fr"\nterms = "x"', "shop.texts[1].language"),
        ('[[shop.shipping]]\ntitles = ["xx: Paket"]', "shop.shipping[1].titles"),
        ('[[shop.texts]]\nlanguage = "de"\n[[shop.texts]]\nlanguage = "de"', "shop.texts[2].language"),
        ('[payments.stripe]\nwebhook_secret = "whsec_pretend"', "payments.stripe.secret_key"),
        (
            '[telegram]\nmode = "webhook"\nwebhook_secret = "abcdefghijklmnopqrstuvwxyz_012345"\nwebhook_url = "http://shop.example/t"',
            "telegram.webhook_url",
        ),
        ("[payments.transfer]\nenabled = true", "payments.transfer.instructions"),
        ('[shop]\ncover = "no-such-picture.jpg"', "shop.cover"),
        ('[shop]\nwords = "no-such-words.toml"', "shop.words"),
        ('[telegram]\ntoken = "12:AAE"\nprovider_token = "12:AAE"', "telegram.provider_token"),
        ('[[telegram.providers]]\ntoken = "2:LIVE:x"\ncountries = ["KZ"]', "telegram.provider_token"),
        (
            '[telegram]\nprovider_token = "1:LIVE:x"\n[[telegram.providers]]\ntoken = "2:LIVE:x"',
            "telegram.providers[1].countries",
        ),
        ('[payments.paypal]\nclient_secret = "pretend"', "payments.paypal.client_id"),
        ('[payments.paypal]\npage = "4h"', "payments.paypal.page"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(text: str, key: str, refusal: Refusal) -> None:
    assert list(refusal(text)) == [key]


def test_every_item_of_a_list_is_looked_at(refusal: Refusal) -> None:
    told = refusal('[shop]\noperators = ["me", 7, "you"]\n[[shop.shipping]]\ntitle = ""\n[[shop.shipping]]\ncost = 1')

    assert list(told) == ["shop.operators[1]", "shop.operators[3]", "shop.shipping[1].title", "shop.shipping[2].cost"]


def test_a_variable_below_a_setting_that_has_nothing_below_it_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREFRONT_SHOP__NAME", "x")
    monkeypatch.setenv("STOREFRONT_SHOP__NAME__FIRST", "y")

    with pytest.raises(ConfigMistakes, match="STOREFRONT_SHOP__NAME is not a text"):
        load()


def test_a_variable_of_no_section_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STOREFRONT_SHIP__NAME", "x")

    with pytest.raises(ConfigMistakes, match="STOREFRONT_SHIP__NAME belongs to no section"):
        load()


def test_a_file_that_is_missing_or_not_toml_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[shop\n", encoding="utf-8")

    with pytest.raises(ConfigMistakes, match="cannot be read"):
        load(tmp_path / "missing.toml")
    with pytest.raises(ConfigMistakes, match="is not TOML"):
        load(broken)


def test_check_config_ends_with_two_and_lists_them_on_standard_error(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[telegram]\ntoken = "12:AAE-pretend"\n[shop]\ncurency = "EUR"\npage_size = 0\n', encoding="utf-8")

    done = CliRunner().invoke(app, ["check-config", "--config", str(file)])

    assert done.exit_code == 2
    assert "2 mistakes" in done.stderr
    assert "Did you mean shop.currency?" in done.stderr
    assert "is less than 1" in done.stderr


def test_check_config_names_a_missing_token_among_the_other_mistakes(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[shop]\npage_size = 0\n", encoding="utf-8")

    done = CliRunner().invoke(app, ["check-config", "--config", str(file)])

    assert done.exit_code == 2
    assert f"{file} and the environment: 2 mistakes" in done.stderr
    assert "telegram.token is missing" in done.stderr


def test_check_config_says_which_file_it_read_and_what_it_wonders_about(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    text = '[telegram]\ntoken = "12:AAE-pretend"\nprovider_token = "12-pretend"\n[shop]\nmedia = "no-such-folder"\n'
    file.write_text(text, encoding="utf-8")

    done = CliRunner().invoke(app, ["check-config", "--config", str(file)])

    assert done.exit_code == 0
    assert f"{file} and the environment: the configuration is right." in done.stdout
    assert "telegram.provider_token does not look like one" in done.stdout
    assert "the folder no-such-folder" in done.stdout


def test_a_configuration_that_lies_here_and_is_not_named_is_pointed_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    done = CliRunner().invoke(app, ["check-config"])

    assert "config.toml lies here and is not read" in done.stderr


@pytest.mark.parametrize("written", ["[1]", "{", "name", '"text"', "[" * 5000])
def test_a_section_in_one_variable_that_is_no_object_is_a_mistake(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOREFRONT_SHOP", written)

    with pytest.raises(ConfigMistakes, match="STOREFRONT_SHOP is no JSON object"):
        load()


def test_a_slip_in_the_owners_own_words_stops_the_start_with_its_line(refusal: Refusal, tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text('[de]\n"🛒 Your cart is empty." = "Leer: {name}"\n', encoding="utf-8")

    told = refusal(f'[shop]\nwords = "{file}"')

    assert 'line 2: "Leer: {name}" names {name}; here may stand nothing' in told["shop.words"]


def test_the_sentences_to_be_worded_anew_are_listed() -> None:
    done = CliRunner().invoke(app, ["words", "de", "--containing", "Your cart is empty"])

    assert done.output.splitlines()[0] == "[de]"
    assert '"🛒 Your cart is empty." = ' in done.output
    assert CliRunner().invoke(app, ["words", "xx"]).exit_code == 2
