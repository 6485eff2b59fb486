"""The composition root of scheduling."""

from __future__ import annotations

from services.scheduling.app import app_of
from services.scheduling.appointments import follow_up
from services.scheduling.appointments import reactions as meetings
from services.scheduling.appointments.notify import Notifier
from services.scheduling.appointments.places import Places
from services.scheduling.contract import PUBLISHED
from services.scheduling.deps import Deps
from services.scheduling.district import reactions
from services.scheduling.instruments import reactions as instruments
from services.scheduling.mail.queries import addresses
from services.scheduling.planning.supervise import Spare
from services.scheduling.plans.jobs import Jobs
from services.scheduling.publish import PUBLISH
from services.scheduling.settings import SchedulingSettings
from services.scheduling.visit_days.jobs import DayJobs
from services.scheduling.visits import reactions as visits
from shared.calendars.write import Address
from shared.dead_letters import dead_letters_router
from shared.http import Verifier
from shared.kernel import Kernel
from shared.mail.sender import Sender
from shared.mail.transport import transport_of
from shared.service import Service
from shared.watching import Watches


def build(settings: SchedulingSettings, verifier: Verifier) -> Service:
    """Scheduling, not yet started."""
    kernel = Kernel("scheduling", settings, PUBLISH)
    reactions.wire(kernel.reactions, kernel.db)
    instruments.wire(kernel.reactions, kernel.db)
    visits.wire(kernel.reactions, kernel.db)
    meetings.wire(kernel.reactions, kernel.db)
    follow_up.wire(kernel.reactions, kernel.db, settings.public_url)
    places = Places(settings.keys())
    mailer = (settings.mail_from_name, settings.mail_from)
    sender = Sender(kernel.db, transport_of(settings), addresses, mailer, places=places.of_mail)
    watches = Watches()
    kernel.store.on_append(watches.ring)
    spare = Spare()
    jobs = Jobs(kernel.db, kernel.store, at_once=settings.plan_jobs, spare=spare)
    organizer = Address(settings.mail_from, settings.mail_from_name)
    notifier = Notifier(kernel.db, organizer, settings.public_url, sender.wake, quiet=settings.notice_seconds)
    kernel.store.on_append(notifier.wake)
    deps = Deps(
        kernel.db,
        kernel.store,
        places=places,
        public_url=settings.public_url,
        ring=jobs.ring,
        ring_days=lambda: days.ring(),
        watches=watches,
        spare=spare,
        plan_memory_mb=settings.plan_memory_mb,
    )
    days = DayJobs(deps)
    app = app_of(deps, verifier)
    app.include_router(dead_letters_router(kernel.db, kernel.reactions))
    kernel.answer_once(app)

    async def start() -> None:
        await kernel.start()
        await places.start()
        await sender.start()
        await notifier.start()
        await jobs.start()
        if settings.plan_jobs:
            await days.start()

    async def stop() -> None:
        watches.close()
        await days.stop()
        await jobs.stop()
        await spare.close()
        await notifier.stop()
        await sender.stop()
        await places.close()
        await kernel.stop()

    return Service("scheduling", app, start, stop, kernel.ready, lambda: kernel.asyncapi(PUBLISHED))
