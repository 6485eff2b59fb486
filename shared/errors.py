"""Errors are part of the interface: each has a stable type, says what, where and how to mend it.

`shared.http` turns them into RFC 9457 problem+json; the command line prints `title: detail`.
"""

from __future__ import annotations

from typing import Any, ClassVar, overload

from shared.said import Said


class Unfit(ValueError):
    """What a field's validator finds, in both languages; pydantic makes a `value_error` of it, with these words."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


class RondoError(Exception):
    """Base of every error that a person may see.

    `detail` is a sentence for that person; `mend` says what to do; `where` names the field, file, line. What is given
    in both languages (`say`, `say_mend`) is told in both.
    """

    status: ClassVar[int] = 500
    type: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong"

    def __init__(
        self, detail: str | Said, *, mend: str | Said | None = None, where: str | None = None, **extra: Any
    ) -> None:
        self.detail, self.say = _both(detail)
        self.mend, self.say_mend = _both(mend)
        super().__init__(self.detail)
        self.where = where
        self.extra = extra


@overload
def _both(words: str | Said) -> tuple[str, Said | None]: ...
@overload
def _both(words: str | Said | None) -> tuple[str | None, Said | None]: ...
def _both(words: str | Said | None) -> tuple[str | None, Said | None]:
    return (words.en, words) if isinstance(words, Said) else (words, None)


class Refused(RondoError):
    """A rule of the domain forbids the command. `code` names the rule, stable for machines."""

    status = 409
    type = "refused"
    title = "Not possible"

    def __init__(
        self, code: str, detail: str | Said, *, mend: str | Said | None = None, where: str | None = None, **extra: Any
    ):
        super().__init__(detail, mend=mend, where=where, code=code, **extra)
        self.code = code


class Invalid(RondoError):
    """The input cannot be understood. `problems` lists all that is wrong with it at once."""

    status = 422
    type = "invalid"
    title = "The input has errors"


class NotFound(RondoError):
    """Absent, or not for this actor: the two are told alike."""

    status = 404
    type = "not-found"
    title = "Not found"


class Conflict(RondoError):
    """Somebody else changed it first (after retries)."""

    status = 409
    type = "conflict"
    title = "Changed by somebody else"


class Stale(RondoError):
    """If-Match names a version that is no longer the newest."""

    status = 412
    type = "stale"
    title = "Changed since you read it"


class KeyReused(RondoError):
    """The same Idempotency-Key (or client id) came with another body."""

    status = 422
    type = "idempotency-key-reused"
    title = "The same key with another content"


class Unauthenticated(RondoError):
    status = 401
    type = "unauthenticated"
    title = "Please sign in"


class Forbidden(RondoError):
    """The role may not do this at all (objects that the actor may not know of are NotFound)."""

    status = 403
    type = "forbidden"
    title = "Not allowed"


class TooManyRequests(RondoError):
    status = 429
    type = "too-many-requests"
    title = "Too many attempts"


class TooLarge(RondoError):
    status = 413
    type = "too-large"
    title = "Too large"


class Unavailable(RondoError):
    """A part that this needs does not answer now; nothing was changed; try again."""

    status = 503
    type = "unavailable"
    title = "Not available at the moment"
