"""`/capture`: what devices post and check; `/rounds/{id}/evidence`: what may be read of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.rounds.capture.commands import LARGEST_BODY, read_batch
from services.rounds.capture.corrections import History, erase_words, history
from services.rounds.capture.day import Day, day
from services.rounds.capture.devices import Devices, Ledger
from services.rounds.capture.earlier import EarlierAnswers, earlier_answers
from services.rounds.capture.health import DeviceBook, DeviceHealth, DevicePage, DeviceReport, DeviceSecret
from services.rounds.capture.queries import EvidencePage, evidence
from services.rounds.capture.receipts import BatchReceipt, receipt_json
from services.rounds.capture.slots import SlotBook
from services.rounds.capture.take import Capture
from services.rounds.cycles.taking import NoteTaker
from services.rounds.deps import Deps
from services.rounds.policy import hidden_unless
from services.rounds.rounds.queries import round_file
from shared.access import Actor
from shared.errors import Forbidden
from shared.http import bounded_body, command_context, page_key, page_token, requires
from shared.said import say

_BATCH = {
    "required": True,
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/CaptureBatch"}}},
}


def router(deps: Deps, slots: SlotBook) -> APIRouter:
    api = APIRouter(tags=["capture"])
    capture = Capture(deps, slots)
    devices, taker = Devices(deps), NoteTaker(deps)
    book = DeviceBook(deps)

    @api.post(
        "/capture/batches",
        response_model=BatchReceipt,
        openapi_extra={"requestBody": _BATCH},
    )
    async def post_batch(actor: Annotated[Actor, requires("capture.own")], request: Request) -> Response:
        """Takes what a device has written: one receipt per item, in order. Items that are refused do not
        hold up the others. Sending the same again is always safe. Notes of a coaching cycle are anybody's to send
        who is in it; notes of a classroom are an observer's, and refused one by one from anybody else."""
        delivery = read_batch(await bounded_body(request, LARGEST_BODY))
        if delivery.observer_id not in (None, actor.person_id):
            raise Forbidden(
                say("rounds.note.another_person"),
                mend=say("rounds.note.sign_in_as_writer"),
                code="other_person",
            )
        notes = await taker.receive(delivery, district_id=actor.district_id, person_id=actor.person_id)
        answer = await capture.receive(
            delivery,
            district_id=actor.district_id,
            observer_id=actor.person_id,
            observes=bool(actor.scopes("evidence.record")),
            traceparent=request.headers.get("traceparent"),
        )
        for (n, _), receipt in zip(delivery.notes, notes, strict=True):
            answer.receipts.insert(n, receipt)  # ascending places: each is where it was sent
        return Response(receipt_json(answer), media_type="application/json")

    @api.get("/capture/ledger/{device_id}")
    async def get_ledger(device_id: UUID, actor: Annotated[Actor, requires("capture.own")]) -> Ledger:
        """What the server holds of the device's items under the signed-in user."""
        return await devices.ledger(actor.district_id, device_id, actor.person_id)

    @api.get("/capture/day")
    async def get_day(
        actor: Annotated[Actor, requires("capture.own")],
        response: Response,
        since: Annotated[date | None, Query(alias="from", description="three weeks back without it")] = None,
    ) -> Day:
        """My visits in one document: slots, problem of practice, the pinned instrument, my notes so far."""
        response.headers["Cache-Control"] = "no-store"
        return await day(deps, actor.district_id, actor.person_id, since)

    @api.put("/capture/devices/{device_id}")
    async def report_device(
        device_id: UUID,
        body: DeviceReport,
        actor: Annotated[Actor, requires("capture.own")],
        response: Response,
    ) -> DeviceSecret:
        """The device says how it fares; the answer is the secret that opens the person's queue on it."""
        response.headers["Cache-Control"] = "no-store"
        return await book.report(actor.district_id, device_id, actor.person_id, body)

    @api.get("/operations/devices")
    async def list_devices(
        actor: Annotated[Actor, requires("operations.read")],
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 100,
    ) -> DevicePage:
        """The devices of the district's observers, the last seen first: never what was written on them."""
        key = page_key(after, datetime.fromisoformat, UUID, UUID)
        rows = await book.page(actor.district_id, (key[0], key[1], key[2]) if key else None, limit + 1)
        items = [DeviceHealth.model_validate(r) for r in rows[:limit]]
        last = items[-1] if len(rows) > limit else None
        token = page_token(last.last_seen.isoformat(), last.device_id, last.person_id) if last else None
        return DevicePage(items=items, next=token)

    @api.get("/rounds/{round_id}/evidence")
    async def list_evidence(
        round_id: UUID,
        actor: Annotated[Actor, hidden_unless("debrief.read")],
        kind: Literal["statement", "rating"] | None = None,
        after: str | None = None,
        limit: Annotated[int, Query(ge=1, le=2000)] = 500,
    ) -> EvidencePage:
        """Own notes always; the team's and the round's as the stage allows, without their writers."""
        file = await round_file(deps, actor.district_id, round_id)
        return await evidence(deps, actor, file, kind=kind, after=after, limit=limit)

    @api.get("/rounds/{round_id}/earlier-answers")
    async def list_earlier_answers(
        round_id: UUID, actor: Annotated[Actor, hidden_unless("debrief.read")]
    ) -> EarlierAnswers:
        """Answers that were given before the round's form changed, with the forms as they were worded then, to whom
        the evidence is open: own ones always, the team's and the round's as the stage allows."""
        file = await round_file(deps, actor.district_id, round_id)
        return await earlier_answers(deps, actor, file)

    @api.get("/rounds/{round_id}/evidence/{statement_id}/history")
    async def get_statement_history(
        round_id: UUID, statement_id: UUID, actor: Annotated[Actor, hidden_unless("debrief.read")]
    ) -> History:
        """Every version of a statement, for who may read it; a withdrawn one's for its writer."""
        file = await round_file(deps, actor.district_id, round_id)
        return await history(deps, actor, file, statement_id)

    @api.delete("/rounds/{round_id}/evidence/{statement_id}/words", status_code=204)
    async def erase_statement_words(
        round_id: UUID,
        statement_id: UUID,
        actor: Annotated[Actor, hidden_unless("evidence.own.read")],
        request: Request,
    ) -> None:
        """Erases the words of a withdrawn statement of one's own, for good: its key is destroyed. Counts stay."""
        file = await round_file(deps, actor.district_id, round_id)
        await erase_words(deps, actor, file, statement_id, command_context(actor, request))

    return api
