"""How this council has set the app up: domains, cut-points, weeks a year, where the data lives.

Read from `data/settings.toml` and `VCORE_…` environment variables (nested: `VCORE_NEEDS__MAXIMUM`).
Never a secret: those live in `.streamlit/secrets.toml` or the environment of the sign-in.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from vcore.facts.assumptions import value
from vcore.facts.domains import NeedModel

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """The council's own choices."""

    model_config = SettingsConfigDict(
        env_prefix="VCORE_",
        env_nested_delimiter="__",
        toml_file=ROOT / "data" / "settings.toml",
        frozen=True,
        extra="ignore",
    )
    needs: NeedModel = NeedModel()
    weeks_per_year: float = Field(default_factory=lambda: value("weeks_per_year"), ge=50, le=53)
    data_folder: Path = ROOT / "data" / "store"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


@cache
def settings() -> Settings:
    """The settings in force, read once a process."""
    return Settings()
