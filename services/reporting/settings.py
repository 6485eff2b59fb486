"""Settings of the reporting service."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class ReportingSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="RONDO_REPORTING_", extra="ignore")

    live_pause_seconds: float = Field(
        default=0.2, gt=0, le=10, description="least time between two live pushes to one page"
    )
    live_heartbeat_seconds: float = Field(
        default=15.0, gt=0, le=120, description="a silent live connection is pinged this often"
    )
    operator_districts: list[UUID] = Field(
        default=[],
        description="districts (JSON list of ids) whose administrators operate the installation: rebuild read models, "
        "go back, see what is wrong; empty: the only district there is",
    )
    rounds_url: str = Field(
        default="http://127.0.0.1:8000/api/rounds",
        description="where the rounds service answers: a handout asks it for the released words, as the caller",
    )
