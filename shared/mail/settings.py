"""How mail leaves: settings of a service that sends it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class MailSettings(BaseSettings):
    mail_host: str | None = Field(
        default=None, description="SMTP server; unset: mail is kept in the outbox, where an administrator reads it"
    )
    mail_port: int = Field(default=587, ge=1, le=65535, description="port of the SMTP server")
    mail_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="`starttls` (587), `tls` from the first byte (465), `none` (a relay next door)"
    )
    mail_username: str | None = Field(default=None, description="sign-in at the SMTP server, if it wants one")
    mail_password: SecretStr | None = Field(default=None, description="its password")
    mail_from: str = Field(
        default="rondo@localhost",
        pattern=r"^[^@\s<>]+@[^@\s<>]+$",
        description="address that mail comes from, and the organizer of its invitations",
    )
    mail_from_name: str = Field(default="Rondo", max_length=80, description="name that mail comes from")
    mail_folder: Path | None = Field(
        default=None, description="without a mail_host: also write each mail as a file (.eml) into this folder"
    )
