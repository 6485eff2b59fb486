"""Registering a district and changing its settings, events and table in one transaction."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Connection

from services.identity.audit.log import record
from services.identity.deps import Deps
from services.identity.districts import queries
from services.identity.districts.commands import ChangeSettings, DistrictSettings, RegisterDistrict
from services.identity.districts.decide import District, district, stream
from services.identity.districts.events import DistrictRegistered, DistrictSettingsChanged
from shared.command_handler import CommandHandler, Handled
from shared.errors import NotFound
from shared.messages import CommandContext, Event
from shared.said import say
from shared.tables import with_tables


class Districts:
    def __init__(self, deps: Deps) -> None:
        self._deps = deps

    async def register(self, settings: DistrictSettings, context: CommandContext) -> Handled[District | None]:
        """Registers `context.district_id`. Raises Refused when it is registered with other settings."""
        command = RegisterDistrict(district_id=context.district_id, settings=settings)
        return await self._handler(context).handle(stream(context.district_id), command, context)

    async def change(
        self, settings: DistrictSettings, context: CommandContext, *, if_match: int | None
    ) -> Handled[District | None]:
        command = ChangeSettings(settings=settings)
        return await self._handler(context).handle(stream(context.district_id), command, context, if_match=if_match)

    async def settings_of(self, district_id: UUID) -> tuple[DistrictSettings, int]:
        held = await queries.settings_of(self._deps.db, district_id)
        if held is None:
            raise NotFound(say("errors.no_district"))
        return held

    def _handler(self, context: CommandContext) -> CommandHandler[RegisterDistrict | ChangeSettings, District | None]:
        async def project(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
            assert isinstance(event, DistrictRegistered)
            await queries.write(conn, event, version)
            changed = isinstance(event, DistrictSettingsChanged)
            await record(
                conn,
                "district_settings_changed" if changed else "district_registered",
                district_id=district_id,
                at=self._deps.clock(),
                actor_id=context.actor_id,
            )

        append = with_tables(self._deps.db, self._deps.store, project)
        return CommandHandler(self._deps.store, district, append=append)
