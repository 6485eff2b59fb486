"""The tables of proposals and publications: they change in the transaction that appends the event, and can be
made anew from the streams at any time."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Connection

from services.scheduling.plans.events import (
    DisruptionReported,
    PlanFailed,
    PlanImproved,
    PlanInfeasible,
    PlanProposed,
    PlanPublished,
    PlanRequested,
    ProposalDiscarded,
    PublicationUndone,
    RepairPublished,
)
from shared.messages import Event

SET = "update proposals set status = $2, version = $3, cost = $4, gap = $5, rounds = $6 where proposal_id = $1"


class ProposalTable:
    """Folds one proposal's events, asked for by `owner_id`. `job`: the compressed instance, to be worked on from the
    moment of the request."""

    def __init__(
        self,
        proposal_id: UUID,
        owner_id: UUID | None,
        *,
        disruption: DisruptionReported | None = None,
        job: bytes | None = None,
    ) -> None:
        self._id, self._owner, self._disruption, self._job = proposal_id, owner_id, disruption, job

    async def apply(self, conn: Connection, district_id: UUID, event: Event, version: int) -> None:
        match event:
            case PlanRequested():
                told = self._disruption.model_dump_json() if self._disruption else None
                kind = "repair" if told else "what_if" if event.what_if else "plan"
                await conn.execute(
                    "insert into proposals (proposal_id, district_id, owner_id, parent_id, kind, name, first_day, "
                    "last_day, status, version, disruption) "
                    "values ($1, $2, $3, $4, $5, $6, $7, $8, 'running', $9, $10::text::jsonb)",
                    self._id, district_id, self._owner, event.parent_id, kind, event.wish.name,
                    event.wish.first_day, event.wish.last_day, version, told,
                )  # fmt: skip
                if self._job is not None:
                    await conn.execute(
                        "insert into plan_jobs (proposal_id, district_id, actor_id, status, instance) "
                        "values ($1, $2, $3, 'waiting', $4)",
                        self._id, district_id, self._owner, self._job,
                    )  # fmt: skip
            case PlanProposed():
                rounds = len(event.plan.rounds)
                await conn.execute(SET, self._id, "proposed", version, event.cost.total, event.cost.gap, rounds)
            case PlanInfeasible():
                await conn.execute(SET, self._id, "infeasible", version, None, None, 0)
            case PlanFailed():
                await conn.execute(SET, self._id, "failed", version, None, None, 0)
            case ProposalDiscarded():
                await conn.execute(
                    "update proposals set status = 'discarded', version = $2 where proposal_id = $1", self._id, version
                )
            case PlanImproved(cost=cost):
                await conn.execute(
                    "update proposals set version = $2, cost = $3, gap = $4 where proposal_id = $1",
                    self._id, version, cost.total, cost.gap,
                )  # fmt: skip
            case _:
                await conn.execute("update proposals set version = $2 where proposal_id = $1", self._id, version)


async def note_publication(conn: Connection, district_id: UUID, event: PlanPublished, actor_id: UUID | None) -> None:
    """The publication itself, and on its proposal the newest version that stands and the one that was undone last."""
    undone = event.undone if isinstance(event, PublicationUndone) else None
    kind = "undo" if undone else "repair" if isinstance(event, RepairPublished) else "plan"
    await conn.execute(
        "insert into publications (district_id, version, proposal_id, kind, undone, actor_id, changes, people, "
        "schedule_version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        district_id, event.version, event.proposal_id, kind, undone, actor_id, len(event.changes),
        len(event.notify), event.schedule_version,
    )  # fmt: skip
    await conn.execute(_WENT_OUT, event.proposal_id, undone)


_WENT_OUT = """
update proposals p set undone_version = coalesce($2, undone_version), published_version = (
    select max(version) from publications u
    where u.district_id = p.district_id and u.proposal_id = p.proposal_id and u.kind <> 'undo'
    and not exists (select from publications o where o.district_id = p.district_id and o.undone = u.version)
) where proposal_id = $1
"""
