"""`/capture`: what devices post and check; `/rounds/{id}/evidence`: what may be read of it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.rounds.capture.commands import LARGEST_BODY, read_batch
from services.rounds.capture.devices import Devices, Ledger
from services.rounds.capture.queries import EvidencePage, evidence
from services.rounds.capture.receipts import BatchReceipt, receipt_json
from services.rounds.capture.slots import SlotBook
from services.rounds.capture.take import Capture
from services.rounds.deps import Deps
from services.rounds.policy import hidden_unless
from services.rounds.rounds.queries import round_file
from shared.access import Actor
from shared.http import bounded_body, requires

_BATCH = {
    "required": True,
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/CaptureBatch"}}},
}


def router(deps: Deps, slots: SlotBook) -> APIRouter:
    api = APIRouter(tags=["capture"])
    capture = Capture(deps, slots)
    devices = Devices(deps)

    @api.post(
        "/capture/batches",
        response_model=BatchReceipt,
        openapi_extra={"requestBody": _BATCH},
    )
    async def post_batch(actor: Annotated[Actor, requires("evidence.record")], request: Request) -> Response:
        """Takes what a device has written: one receipt per item, in order. Items that are refused do not
        hold up the others. Sending the same again is always safe."""
        delivery = read_batch(await bounded_body(request, LARGEST_BODY))
        answer = await capture.receive(
            delivery,
            district_id=actor.district_id,
            observer_id=actor.person_id,
            traceparent=request.headers.get("traceparent"),
        )
        return Response(receipt_json(answer), media_type="application/json")

    @api.get("/capture/ledger/{device_id}")
    async def get_ledger(device_id: UUID, actor: Annotated[Actor, requires("evidence.record")]) -> Ledger:
        """What the server holds of the device's items under the signed-in user."""
        return await devices.ledger(actor.district_id, device_id, actor.person_id)

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

    return api
