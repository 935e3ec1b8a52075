"""Configuration: a TOML file, the environment over it, and every mistake told at once."""

from app.config.load import load, require_token
from app.config.mistakes import ConfigMistakes, Mistake
from app.config.settings import Config

__all__ = ["Config", "ConfigMistakes", "Mistake", "load", "require_token"]
