"""The identity service's parts, wired; what the API and the embedded platform's own set-up both use."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.identity.accounts import queries as account_queries
from services.identity.accounts.accounts import Accounts
from services.identity.accounts.links import PasswordLinks
from services.identity.deps import Deps
from services.identity.districts import queries as district_queries
from services.identity.districts.commands import DistrictSettings
from services.identity.districts.districts import Districts
from services.identity.sessions.keys import KeyRing
from services.identity.sessions.limits import PostgresCounters, SignInLimits
from services.identity.sessions.oidc import OidcSignIn
from services.identity.sessions.sessions import Sessions, Tokens
from services.identity.sessions.sign_in import SignIn
from shared.access import Grant, Role
from shared.messages import CommandContext
from shared.service import Service


class Identity:
    def __init__(self, deps: Deps) -> None:
        self.deps = deps
        self.keys = KeyRing(deps.db, deps.seal, key_days=deps.settings.key_days, clock=deps.clock)
        self.counters = PostgresCounters(deps.db)
        limits = SignInLimits(
            self.counters,
            tries=deps.settings.sign_in_tries,
            tries_per_account=deps.settings.sign_in_tries_per_account,
            failures_per_address=deps.settings.sign_in_failures_per_address,
        )
        self.districts = Districts(deps)
        self.accounts = Accounts(deps)
        self.links = PasswordLinks(deps)
        self.sessions = Sessions(deps, self.keys)
        self.password_sign_in = SignIn(deps, self.sessions, limits)
        self.oidc = OidcSignIn(deps, self.sessions)

    async def register_district(
        self,
        name: str,
        timezone: str,
        *,
        district_id: UUID | None = None,
        slot_minutes: int = 20,
    ) -> UUID:
        """Registers a district and gives its id; the id of the one that is there already under this name
        (or `district_id`), whatever its settings are by now."""
        held = district_id or await district_queries.registered_as(self.deps.db, name)
        if held is not None and await district_queries.settings_of(self.deps.db, held) is not None:
            return held
        settings = DistrictSettings(name=name, timezone=timezone, slot_minutes=slot_minutes)
        context = CommandContext(district_id=held or self.deps.new_id(), actor_id=None)
        await self.districts.register(settings, context)
        return context.district_id

    async def create_account(
        self,
        district_id: UUID,
        email: str,
        name: str,
        grants: Sequence[Grant],
        *,
        person_id: UUID | None = None,
        password: str | None = None,
    ) -> UUID:
        """Opens the account with exactly these grants and gives its person's id. `password` is set where
        there is none yet: a person's own choice is never overwritten."""
        context = CommandContext(district_id=district_id, actor_id=None)
        person_id, _ = await self.accounts.open(email, name, grants, context, person_id=person_id)
        if password is not None:
            async with self.deps.db.reader(district_id) as conn:
                person = await account_queries.by_id(conn, person_id)
            if person is not None and person.password_hash is None:
                await self.links.set(person, password)
        return person_id

    async def sign_in(self, email: str, password: str, *, address: str = "127.0.0.1") -> Tokens:
        return await self.password_sign_in.with_password(email, password, address=address)

    async def housekeep(self) -> None:
        """Rotates the signing key when it is due; forgets counters and sessions whose time is over."""
        await self.keys.rotate_when_due()
        await self.counters.sweep()
        await self.sessions.sweep()


def identity_of(service: Service) -> Identity:
    """The parts behind the identity service, for set-up in the same process."""
    identity: Identity = service.app.state.identity
    return identity


async def bootstrap(
    service: Service,
    *,
    district_name: str,
    timezone: str,
    admin_email: str,
    admin_password: str,
    admin_name: str = "District administrator",
    district_id: UUID | None = None,
) -> UUID:
    """The first district and its administrator, on a started service; the district's id. Doing it again
    changes nothing."""
    identity = identity_of(service)
    held = await identity.register_district(district_name, timezone, district_id=district_id)
    if await account_queries.person_with_email(identity.deps.db, held, admin_email) is None:
        await identity.create_account(
            held, admin_email, admin_name, [Grant(Role.DISTRICT_ADMIN)], password=admin_password
        )
    return held
