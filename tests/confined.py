"""Runs a command in a process that the kernel ends at its first internet socket (Linux).

    python -m tests.confined none|tcp bot.cli ask …

``none`` allows no such socket. ``tcp`` allows TCP over IPv4 alone, so that no name can be looked
up: a lookup asks over UDP. C code is held to it too. A process that breaks the rule dies of SIGSYS,
and cannot swallow that the way a library swallows a failed connection. Sockets that stay on the
machine (AF_UNIX) are allowed: asking who the user is opens one.
"""

from __future__ import annotations

import ctypes
import platform
import runpy
import struct
import sys

_SYSCALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # architecture, socket(2)
SUPPORTED = sys.platform == "linux" and platform.machine() in _SYSCALLS

_LOAD, _AND, _IF_EQUAL, _RETURN = 0x20, 0x54, 0x15, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_NUMBER, _ARCHITECTURE, _DOMAIN, _TYPE = 0, 4, 16, 24  # offsets in struct seccomp_data
_UNIX, _INET, _STREAM, _TYPE_BITS = 1, 2, 1, 0xF
_SET_SECCOMP, _NO_NEW_PRIVILEGES, _FILTER = 22, 38, 2


def confine(tcp: bool) -> None:
    """From now on an internet socket ends this process; with ``tcp``, any but TCP over IPv4."""
    architecture, socket = _SYSCALLS[platform.machine()]
    rules = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_IF_EQUAL, 1, 0, socket),
        (_RETURN, 0, 0, _ALLOW),
        (_LOAD, 0, 0, _DOMAIN),
        (_IF_EQUAL, 0, 1, _UNIX),
        (_RETURN, 0, 0, _ALLOW),
    ]
    if tcp:
        rules += [
            (_IF_EQUAL, 0, 4, _INET),
            (_LOAD, 0, 0, _TYPE),
            (_AND, 0, 0, _TYPE_BITS),
            (_IF_EQUAL, 0, 1, _STREAM),
            (_RETURN, 0, 0, _ALLOW),
        ]
    rules.append((_RETURN, 0, 0, _KILL))
    program = b"".join(struct.pack("HBBI", *rule) for rule in rules)
    kept = ctypes.create_string_buffer(program)
    header = struct.pack("HxxxxxxP", len(rules), ctypes.addressof(kept))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(_SET_SECCOMP, _FILTER, header):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter")


if __name__ == "__main__":
    confine(tcp=sys.argv[1] == "tcp")
    sys.argv = sys.argv[2:]
    if sys.argv[0] == "bot.cli":
        from bot.cli import main

        sys.argv[0] = "pullquote"
        main()
    else:
        runpy.run_module(sys.argv[0], run_name="__main__")
