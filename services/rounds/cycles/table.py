"""The list of cycles and of who is in them, kept in the transaction of each event. Codes and ids, no words."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Connection

from services.rounds.cycles import events as e
from services.rounds.cycles.sealing import erased_by
from shared.messages import Event


async def apply(conn: Connection, district_id: UUID, event: Event, version: int) -> None:
    match event:
        case e.CycleProposed():
            await conn.execute(
                "insert into cycles (cycle_id, district_id, protocol, protocol_version, model, school_id) "
                "values ($1, $2, $3, $4, $5, $6)",
                event.cycle_id,
                district_id,
                event.protocol,
                event.protocol_version,
                event.model,
                event.school_id,
            )
            await _person(conn, district_id, event.cycle_id, event.person_id, event.role, "member")
        case e.PartnerInvited():
            await _person(conn, district_id, event.cycle_id, event.person_id, event.role, "invited")
        case e.InvitationAccepted():
            await _stands(conn, event.cycle_id, event.person_id, "member")
        case e.InvitationDeclined():
            await _stands(conn, event.cycle_id, event.person_id, "declined")
        case e.MemberLeft():
            await _stands(conn, event.cycle_id, event.person_id, "left")
            await conn.execute(
                "insert into cycle_erasures (subject, district_id) select s, $2 from unnest($1::text[]) as s "
                "on conflict do nothing",
                erased_by(event),
                district_id,
            )
            if event.ends:
                await conn.execute("update cycles set standing = 'ended' where cycle_id = $1", event.cycle_id)
        case _:
            await _moved(conn, district_id, event)


async def _moved(conn: Connection, district_id: UUID, event: Event) -> None:
    match event:
        case e.AgreementWritten():
            await conn.execute(
                "update cycles set standing = 'agreeing' where cycle_id = $1 and standing = 'gathering'", event.cycle_id
            )
        case e.CycleStageOpened():
            await conn.execute(
                "update cycles set standing = 'under_way', stage = $2, turn = $3 where cycle_id = $1",
                event.cycle_id,
                event.stage,
                event.turn,
            )
        case e.CycleFinished():
            await conn.execute("update cycles set standing = 'finished' where cycle_id = $1", event.cycle_id)
        case e.ArtefactShared():
            await conn.execute(
                "insert into cycle_shown (artefact_id, person_id, cycle_id, district_id) values ($1, $2, $3, $4) "
                "on conflict do nothing",
                event.artefact_id,
                event.with_person,
                event.cycle_id,
                district_id,
            )
        case e.SharingRevoked():
            await conn.execute(
                "delete from cycle_shown where artefact_id = $1 and person_id = $2",
                event.artefact_id,
                event.with_person,
            )
        case e.PublicationAgreed():
            await conn.execute(
                "insert into cycle_reports (artefact_id, cycle_id, district_id) values ($1, $2, $3) "
                "on conflict do nothing",
                event.artefact_id,
                event.cycle_id,
                district_id,
            )
        case e.PublicationRevoked():
            await conn.execute("delete from cycle_reports where artefact_id = $1", event.artefact_id)


async def _person(conn: Connection, district_id: UUID, cycle_id: UUID, person: UUID, role: str, stands: str) -> None:
    await conn.execute(
        "insert into cycle_people (cycle_id, person_id, district_id, role, standing) values ($1, $2, $3, $4, $5) "
        "on conflict (cycle_id, person_id) do update set role = excluded.role, standing = excluded.standing",
        cycle_id,
        person,
        district_id,
        role,
        stands,
    )


async def _stands(conn: Connection, cycle_id: UUID, person_id: UUID, stands: str) -> None:
    await conn.execute(
        "update cycle_people set standing = $3 where cycle_id = $1 and person_id = $2", cycle_id, person_id, stands
    )
