"""Settings of the scheduling service."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.keys.master import SealingSettings
from shared.mail.settings import MailSettings
from shared.settings import ServiceSettings


class SchedulingSettings(SealingSettings, MailSettings, ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="RONDO_SCHEDULING_", extra="ignore")

    public_url: str = Field(
        default="http://127.0.0.1:8000",
        pattern=r"^https?://[^/]+$",
        description="the address people see, without a path; links in mail and calendar feeds begin with it",
    )
    notice_seconds: int = Field(
        default=60,
        ge=0,
        le=3600,
        description="seconds without another change of a round after which people are told of it by mail; of a round "
        "of today or tomorrow they are told at once",
    )
    plan_jobs: int = Field(
        default=1, ge=0, le=16, description="plans that this process makes at once, each in a worker process; 0: none"
    )
    plan_memory_mb: int = Field(
        default=2500, ge=300, le=200_000, description="megabytes that one planning worker may use before it is ended"
    )
