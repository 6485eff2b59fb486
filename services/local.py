"""The platform of one machine: embedded servers and all services in one process, at one origin."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib import import_module

import structlog
from asyncpg import DataCorruptedError, IndexCorruptedError, InvalidCatalogNameError, UndefinedFileError

from services.compose import SERVICES, build, settings_of
from services.demo.district import DISTRICT, TIMEZONE
from services.home import Home, LocalAdmin
from services.origin import PAGES, origin, waiting_for
from services.server import listen, server
from shared.embedded import DiskFull, EmbeddedError, NatsServer, PostgresServer, StartFailed
from shared.embedded.errors import unusable
from shared.embedded.process import has_room
from shared.http import Verifier
from shared.migrations import NewerSchema
from shared.provision import DATABASES, provision
from shared.relay import NOT_STORED
from shared.service import Service
from shared.tasks import end
from shared.tokens import TokenVerifier

log = structlog.get_logger(__name__)

HOST = "127.0.0.1"
ADMIN_EMAIL = "administrator@rondo.localhost"
_POLL = 0.05  # seconds
_READY = 60.0  # seconds that all services together may take
_DAMAGED = (DataCorruptedError, IndexCorruptedError, InvalidCatalogNameError, UndefinedFileError)
"""What PostgreSQL says that starts and then misses files of its own."""
_RESTART_LIMIT = 5  # times that a fallen server is started again before we give up,
_RESTARTS_WITHIN = 600.0  # seconds
_STUCK = 15.0  # seconds in which NATS stores nothing of what is sent, before it is started again
_LOOK = 2.0  # seconds between looks at a full disk, and at what NATS does


class Platform:
    """What runs. `up` brings it up, `watch` keeps it up, `down` ends it; all on the main thread, as the
    servers are tied to the thread that starts them."""

    def __init__(self, home: Home, port: int) -> None:
        self.home = home
        self.port = port
        self.url = f"http://{HOST}:{port}"
        self.postgres = PostgresServer(home.folder / "postgres")
        self.nats = NatsServer(home.folder / "nats")
        self.services: dict[str, Service] = {}
        self._serving: asyncio.Task[None] | None = None
        self._stop_serving: Callable[[], None] = lambda: None

    async def up(self) -> None:
        """Returns once every service is ready. Raises an EmbeddedError; call `down` all the same."""
        listener = listen(HOST, self.port)
        self.postgres.start(wait=False)
        self.nats.start(wait=False)
        self.services = {}
        verifier = TokenVerifier.at(f"{self.url}/api/identity/jwks.json")
        await asyncio.gather(asyncio.to_thread(self.postgres.wait_ready), asyncio.to_thread(self.nats.wait_ready))
        urls = await provision(self.postgres.url(), {name: self.home.secret(name) for name in DATABASES})
        self.services = {name: self._build(name, urls, verifier) for name in SERVICES}
        serving = server(origin(list(self.services.values()), pages=PAGES))
        self._stop_serving = lambda: setattr(serving, "should_exit", True)
        self._serving = asyncio.create_task(serving.serve([listener]))
        starts = [asyncio.ensure_future(_heeded(service.start(), self.home)) for service in self.services.values()]
        try:
            await asyncio.gather(*starts)
        finally:
            await end(*starts)  # one that failed must not leave others starting while `down` stops them
        await self._all_ready()
        self.home.tell(self.url)

    async def watch(self, stop: asyncio.Event, say: Callable[[str], object]) -> None:
        """Returns when `stop` is set. A server that falls meanwhile is started again; nothing that was
        acknowledged is lost, and the services reconnect by themselves. While its disk is full that is waited for, and
        `say` is told. Raises an EmbeddedError when a server does not stay up."""
        falls: deque[float] = deque(maxlen=_RESTART_LIMIT + 1)
        looking_after = asyncio.create_task(self._look_after_nats())
        try:
            while not stop.is_set():
                for fallen in (s for s in (self.postgres, self.nats) if s.pid is None):
                    falls.append(asyncio.get_running_loop().time())
                    if len(falls) > _RESTART_LIMIT and falls[-1] - falls[0] < _RESTARTS_WITHIN:
                        raise StartFailed(f"{fallen.name} keeps falling over.", mend=f"Its log is in {fallen.folder}.")
                    log.warning("a server fell over and is started again", server=fallen.name)
                    await self._start_again(fallen, stop, say)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), 0.5)
        finally:
            await end(looking_after)

    async def _look_after_nats(self) -> None:
        """Ends it, for `watch` to start it again, when it stores nothing though there is room: on a disk that was full
        it takes nothing more into a stream that it once could not write."""
        since: float | None = None
        while True:
            await asyncio.sleep(_LOOK)
            now = asyncio.get_running_loop().time()
            if not await self._nats_stores_nothing():
                since = None
            elif since is None:
                since = now
            elif now - since > _STUCK and has_room(self.nats.folder):
                log.warning("NATS stores nothing of what is sent, and is started again")
                since = None
                self.nats.terminate()

    async def _start_again(
        self, server: PostgresServer | NatsServer, stop: asyncio.Event, say: Callable[[str], object]
    ) -> None:
        waits = False
        while not stop.is_set():
            try:
                server.start(wait=False)
                await asyncio.to_thread(server.wait_ready)
            except DiskFull as full:
                if not waits:
                    log.error("the disk is full", server=server.name, detail=full.detail)
                    say(f"{full.detail} Rondo goes on when there is room; what it said is stored is kept.")
                waits = True
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), _LOOK)
            else:
                if waits:
                    say("There is room again; Rondo goes on.")
                return

    async def _nats_stores_nothing(self) -> bool:
        try:
            async with asyncio.timeout(_LOOK):
                problems = await waiting_for(list(self.services.values()))
        except TimeoutError:
            return False  # they wait for something else
        return any(NOT_STORED in problem for problem in problems)

    async def down(self) -> None:
        """Ends everything that runs, services first."""
        self._stop_serving()
        if self._serving is not None:
            await asyncio.wait({self._serving})
        ended = await asyncio.gather(*(s.stop() for s in self.services.values()), return_exceptions=True)
        for name, error in zip(self.services, ended, strict=True):
            if isinstance(error, BaseException):
                log.warning("a service did not stop cleanly", service=name, error=repr(error))
        self.nats.stop()
        self.postgres.stop()

    async def register(self, district: str, timezone: str) -> LocalAdmin:
        """A district and its local administrator, kept in the home folder; the same when it is there."""
        for held in self.home.administrators():
            if held.district == district:
                return held
        password = self.home.secret("administrator")
        identity = import_module("services.identity.identity")
        district_id = await identity.bootstrap(
            self.services["identity"],
            district_name=district,
            timezone=timezone,
            admin_email=ADMIN_EMAIL,
            admin_password=password,
        )
        admin = LocalAdmin(str(district_id), district, ADMIN_EMAIL, password)
        self.home.remember(admin)
        return admin

    async def fill_demo(self) -> None:
        """The demo district, brought in through the front door."""
        from services.demo.seed import seed  # once in a data folder's life

        with self.home.filling_demo():
            administrator = await self.register(DISTRICT, TIMEZONE)
            self.home.keep_sign_ins(await seed(self.url, administrator))

    def _build(self, name: str, urls: dict[str, str], verifier: Verifier) -> Service:
        settings = settings_of(
            name,
            database_url=urls[name],
            keys_database_url=urls["keys"],
            keys_master_key_file=self.home.secret_file("keys-master"),
            nats_url=self.nats.url,
            jwks_url=f"{self.url}/api/identity/jwks.json",
            rounds_url=f"{self.url}/api/rounds",
            public_url=self.url,
            mail_folder=self.home.folder / "outbox",
            secret_file=self.home.secret_file("identity-seal"),
        )
        return build(name, settings, verifier)

    async def _all_ready(self) -> None:
        deadline = asyncio.get_running_loop().time() + _READY
        while missing := await waiting_for(list(self.services.values())):
            if asyncio.get_running_loop().time() > deadline:
                raise StartFailed(
                    f"After {_READY:.0f} s the platform still waits for: {'; '.join(missing)}.",
                    mend=f"See {self.home.folder / 'rondo.log'}.",
                )
            await asyncio.sleep(_POLL)


async def serve_platform(
    home: Home,
    port: int,
    stop: asyncio.Event,
    ready: Callable[[Platform], object],
    say: Callable[[str], object],
    *,
    district: tuple[str, str] | None,
) -> None:
    """Runs the platform until `stop`; calls `ready` when everything is up, and `say` with a line for the
    person who waits. `district` (name, IANA time zone) is registered where there is none yet; None: the
    demo's. Raises an EmbeddedError."""
    platform = Platform(home, port)
    try:
        starting = asyncio.ensure_future(_heeded(_start(platform, district, say), home))
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not starting.done():
            starting.cancel()
            await asyncio.wait({starting})
            return
        starting.result()
        ready(platform)
        await platform.watch(stop, say)
    except (EmbeddedError, asyncio.CancelledError):
        raise
    except Exception as error:
        log.exception("the platform failed")
        if damage := _damage(error):
            raise unusable("PostgreSQL", str(platform.postgres.folder), damage) from error
        if isinstance(error, NewerSchema):
            raise StartFailed(
                f"The data in {home.folder} was written by a newer version of Rondo.",
                mend="Run that version, or choose another folder with RONDO_HOME.",
            ) from error
        raise StartFailed(
            f"Rondo failed: {type(error).__name__}: {error}.", mend=f"See {home.folder / 'rondo.log'}."
        ) from error
    finally:
        await platform.down()


async def _heeded(starting: Awaitable[None], home: Home) -> None:
    """A service that refuses a setting ends its process. That would end the event loop under all the others, which
    could not stop any more. Raises StartFailed in its place."""
    try:
        await starting
    except SystemExit as refusal:
        why = refusal.code if isinstance(refusal.code, str) else "a setting is refused, see above"
        raise StartFailed(f"{why}.", mend=f"Correct it, or restore {home.folder} from a backup.") from refusal


def _damage(error: BaseException | None) -> str | None:
    """What PostgreSQL misses of its data; None where it misses nothing. A driver between may have wrapped it."""
    while error is not None and not isinstance(error, _DAMAGED):
        error = error.__cause__
    return None if error is None else (getattr(error, "detail", None) or str(error)).splitlines()[0].rstrip(".")


async def _start(platform: Platform, district: tuple[str, str] | None, say: Callable[[str], object]) -> None:
    """A folder keeps the kind that it was first started with: the demo, or a district of one's own."""
    if platform.home.discard_half_made_demo():
        log.warning("filling the demo was interrupted; it starts anew")
    await platform.up()
    held = {admin.district for admin in platform.home.administrators()}
    if district is None and held <= {DISTRICT}:
        if not platform.home.sign_ins():
            say("Bringing in the demo district (once; half a minute) ...")
            await platform.fill_demo()
    elif not held:
        assert district is not None, "without the demo there is a district's name"
        await platform.register(*district)
