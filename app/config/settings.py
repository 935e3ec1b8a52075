"""The configuration as one frozen value; section by section it mirrors config.example.toml."""

from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from app.config.payments import Payments
from app.config.services import Database, Logs, Redis, Telegram, Web
from app.config.shop import Schedule, Shop


class Config(BaseSettings):
    """Everything that can be set. Made by `app.config.load`; by itself it reads neither file nor environment."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    telegram: Telegram = Field(default_factory=Telegram)
    database: Database = Field(default_factory=Database)
    shop: Shop = Field(default_factory=Shop)
    payments: Payments = Field(default_factory=Payments)
    schedule: Schedule = Field(default_factory=Schedule)
    web: Web = Field(default_factory=Web)
    redis: Redis = Field(default_factory=Redis)
    logs: Logs = Field(default_factory=Logs)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 (pydantic-settings hands over all five)
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what it is given: `load` merges the sources, so that all mistakes are found at once."""
        return (init_settings,)
