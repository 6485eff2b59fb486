"""What the routers of this service are given by its composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.rounds.capture.words import Words
from services.rounds.commitments.commands import CommitmentCommand
from services.rounds.commitments.decide import COMMITMENTS, CommitmentsState
from services.rounds.cycles import table as cycles_table
from services.rounds.cycles.commands import CycleCommand
from services.rounds.cycles.decide import CYCLE
from services.rounds.cycles.state import CycleState
from services.rounds.debrief.commands import DebriefCommand
from services.rounds.debrief.decide import DEBRIEF
from services.rounds.debrief.state import DebriefState
from services.rounds.instruments import book
from services.rounds.instruments.book import InstrumentBook
from services.rounds.instruments.decide import INSTRUMENT, InstrumentState, PublishInstrument, SaveDraft
from services.rounds.meetings import table as meetings_table
from services.rounds.meetings.commands import MeetingCommand
from services.rounds.meetings.decide import MEETINGS, MeetingsState
from services.rounds.partners.queries import Partners
from services.rounds.protocols import queries as protocols_table
from services.rounds.protocols.commands import ProtocolCommand
from services.rounds.protocols.decide import PROTOCOL, ProtocolState
from services.rounds.protocols.queries import Protocols
from services.rounds.rounds import table
from services.rounds.rounds.commands import RoundCommand
from services.rounds.rounds.decide import ROUND, RoundState
from services.rounds.trainings import table as trainings_table
from services.rounds.trainings.commands import RecordTraining
from services.rounds.trainings.decide import TRAININGS, Trainings
from shared.command_handler import CommandHandler
from shared.database import Database
from shared.eventstore.store import PostgresEventStore
from shared.messages import new_id, utc_now
from shared.tables import with_tables
from shared.watching import Watches


@dataclass(frozen=True, slots=True)
class Deps:
    """`rounds` and `debriefs` keep the list of rounds in the transaction of each event."""

    db: Database
    store: PostgresEventStore
    words: Words
    rounds: CommandHandler[RoundCommand, RoundState]
    debriefs: CommandHandler[DebriefCommand, DebriefState]
    forms: CommandHandler[SaveDraft | PublishInstrument, InstrumentState]
    instruments: InstrumentBook
    cycles: CommandHandler[CycleCommand, CycleState]
    meetings: CommandHandler[MeetingCommand, MeetingsState]
    commitments: CommandHandler[CommitmentCommand, CommitmentsState]
    trainings: CommandHandler[RecordTraining, Trainings]
    own_protocols: CommandHandler[ProtocolCommand, ProtocolState]
    protocols: Protocols
    partners: Partners
    clock: Callable[[], datetime] = utc_now
    new_id: Callable[[], UUID] = new_id
    watches: Watches = field(default_factory=Watches)  # rung by what changes a cycle, its meetings or commitments

    @classmethod
    def over(
        cls,
        db: Database,
        words: Words,
        *,
        store: PostgresEventStore | None = None,
        clock: Callable[[], datetime] = utc_now,
        new_id: Callable[[], UUID] = new_id,
    ) -> Deps:
        store = store or PostgresEventStore(db)
        words.beside(db)
        append = with_tables(db, store, table.apply)
        watches = Watches()
        ring = watches.ring
        return cls(
            db,
            store,
            words,
            CommandHandler(store, ROUND, append=append),
            CommandHandler(store, DEBRIEF, append=append),
            CommandHandler(store, INSTRUMENT, append=with_tables(db, store, book.apply)),
            InstrumentBook(db),
            CommandHandler(store, CYCLE, append=with_tables(db, store, cycles_table.apply), stored=ring),
            CommandHandler(store, MEETINGS, append=with_tables(db, store, meetings_table.apply), stored=ring),
            CommandHandler(store, COMMITMENTS, stored=ring),
            CommandHandler(store, TRAININGS, append=with_tables(db, store, trainings_table.apply)),
            CommandHandler(store, PROTOCOL, append=with_tables(db, store, protocols_table.apply)),
            Protocols(db),
            Partners(db),
            clock,
            new_id,
            watches,
        )
