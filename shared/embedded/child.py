"""Runs as a small script of its own and then becomes the server it is told to be (`exec`).

    python -I -S child.py PARENT_PID DEATH_SIGNAL IDENTITY -- COMMAND ARGUMENTS...

IDENTITY is `same`, `namespace:UID` (look like UID to ourselves, by a user namespace, while files go on
belonging to the caller) or `user:UID:GID` (become that user). Ends with 126 where IDENTITY is refused.

The order matters: the kernel forgets PR_SET_PDEATHSIG when credentials change, so it is set last; and
a parent that died before that call would never be noticed, hence the check of `getppid` after it.
"""

from __future__ import annotations

import ctypes
import os
import sys

_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
REFUSED = 126


def _enter_namespace(uid: int) -> None:
    own_uid, own_gid = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    for name, content in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {own_uid} 1"),
        ("gid_map", f"{uid} {own_gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(content)


def _take_identity(identity: str) -> None:
    kind, *ids = identity.split(":")
    if kind == "namespace":
        _enter_namespace(int(ids[0]))
    elif kind == "user":
        os.setgroups([])
        os.setgid(int(ids[1]))
        os.setuid(int(ids[0]))


def main(arguments: list[str]) -> None:
    parent, signal, identity = int(arguments[0]), int(arguments[1]), arguments[2]
    command = arguments[4:]
    try:
        _take_identity(identity)
    except OSError as error:
        sys.stderr.write(f"identity {identity} refused: {error}\n")
        raise SystemExit(REFUSED) from None
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal)
        if os.getppid() != parent:
            raise SystemExit(1)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
