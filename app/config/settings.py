"""The configuration as one frozen value; section by section it mirrors config.example.toml."""

from app.config.payments import Payments
from app.config.services import Database, Desk, Logs, Redis, Telegram, Web
from app.config.shop import Schedule, Shop
from app.config.types import Section


class Config(Section, frozen=True):
    """Everything that can be set. Made by `app.config.load`; by itself it reads neither file nor environment."""

    telegram: Telegram = Telegram()
    database: Database = Database()
    shop: Shop = Shop()
    payments: Payments = Payments()
    schedule: Schedule = Schedule()
    web: Web = Web()
    desk: Desk = Desk()
    redis: Redis = Redis()
    logs: Logs = Logs()
