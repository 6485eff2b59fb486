"""Who reads which revisions of what is written in a cycle. Pure; every door asks here.

Members read what the protocol lets their part read; drafts that are private until ready are their author's. Outside
the cycle an artefact is read by those whom its author shows it to, and by the district once all members published it.
No role of the district opens anything here.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.rounds.cycles.events import ArtefactWritten
from services.rounds.cycles.state import CycleState, Written
from services.rounds.protocols.model import EVERYONE, Protocol


def readable(protocol: Protocol, state: CycleState, written: Written, reader: UUID) -> Sequence[ArtefactWritten]:
    """The revisions that `reader` may open, oldest first; none: its existence is not told."""
    kind = protocol.artefact(written.artefact)
    if kind is None or written.removed:
        return ()
    if not kind.together and written.first.author_id in state.erased:
        return ()
    if reader in state.people:
        mine = written.first.author_id == reader or (kind.together and not kind.private_until_ready)
        shown = tuple(r for r in written.revisions if mine or r.ready or not kind.private_until_ready)
        if written.first.author_id == reader or EVERYONE in kind.read_by:
            return shown
        if state.role_of(reader, written.first.turn, rotate=protocol.people.rotate) in kind.read_by:
            return shown
    if reader in written.shared_with or state.published(written):
        return (written.newest,)
    return ()
