"""Drop access to the network, other programs and other files before reading a hostile file.

Only Linux lets a process drop these rights without privileges: with Landlock for files (5.13 and
later) and a filter of system calls (seccomp) for the rest. Both are permanent, for the calling
thread and the threads and processes that it starts.
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Sequence
from typing import Any

from cable_tui import operating_system
from cable_tui.base.value import Value

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1
_WRITE_FILE, _READ_FILE, _REMOVE_FILE, _MAKE_FILE = 1 << 1, 1 << 2, 1 << 5, 1 << 8
_RIGHTS_BY_VERSION = ((1, 13), (2, 14), (3, 15), (5, 16))
"""The number of file rights in each version of Landlock that added rights."""
_NETWORK_SINCE, _NETWORK = 4, 0b11
_SCOPES_SINCE, _SCOPES = 6, 0b11
"""The Landlock versions that added TCP, and those that added abstract sockets and signals."""
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _BY_FILTER = 38, 22, 2


class _Machine(Value):
    """A processor architecture: its number for the filter, and the system calls to refuse."""

    number: int
    refused: tuple[int, ...]


_MACHINES = {
    # socket, socketpair, execve, execveat, ptrace, process_vm_readv and _writev, io_uring_setup
    "x86_64": _Machine(0xC000003E, (41, 53, 59, 322, 101, 310, 311, 425)),
    "aarch64": _Machine(0xC00000B7, (198, 199, 221, 281, 117, 270, 271, 425)),
}
_X32 = 0x40000000
"""The number from which system calls of x86_64 belong to another calling convention (x32)."""
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES


class Confinement(Value):
    """The rights that the kernel allows a process to drop."""

    files: bool
    network: bool


def possible() -> Confinement:
    """Return the rights that a process could drop on this system, without dropping any."""
    if operating_system.PLATFORM != "linux":
        return Confinement(files=False, network=False)
    # A filter without instructions is refused with another error where filters are known.
    with_filters = _call("prctl", _SET_SECCOMP, _BY_FILTER, 0, 0, 0) == -errno.EFAULT
    is_known = os.uname().machine in _MACHINES
    return Confinement(files=_version() > 0, network=with_filters and is_known)


def confine(readable: Sequence[str] = (), scratch: str = "") -> Confinement:
    """Drop access to the network, other programs and nearly all files; return the dropped rights.

    `readable` are files that may be opened for reading, and `scratch` is a folder for temporary
    files. Files that are already open stay open. Raises `OSError` if the kernel refuses a limit
    that it offered.
    """
    possible_confinement = possible()
    if possible_confinement.files or possible_confinement.network:
        _checked("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if possible_confinement.files:
        _give_up_files(readable, scratch)
    if possible_confinement.network:
        _give_up_network(_MACHINES[os.uname().machine])
    return possible_confinement


def _give_up_files(readable: Sequence[str], scratch: str) -> None:
    import ctypes

    landlock_version = _version()
    right_mask = (
        1
        << max(
            right_count
            for version_since, right_count in _RIGHTS_BY_VERSION
            if landlock_version >= version_since
        )
    ) - 1
    handled_rights = struct.pack(
        "=QQQ",
        right_mask,
        _NETWORK if landlock_version >= _NETWORK_SINCE else 0,
        _SCOPES if landlock_version >= _SCOPES_SINCE else 0,
    )
    rules = [(path, _READ_FILE) for path in readable]
    scratch_rights = _READ_FILE | _WRITE_FILE | _REMOVE_FILE | _MAKE_FILE
    rules += [(scratch, scratch_rights | right_mask & 1 << 14)] if scratch else []
    ruleset = _checked(
        "syscall", _CREATE_RULESET, ctypes.c_char_p(handled_rights), len(handled_rights), 0
    )
    try:
        for path, allowed_rights in rules:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_PATH", 0))
            try:
                rule = ctypes.c_char_p(struct.pack("=Qi", allowed_rights, descriptor))
                _checked("syscall", _ADD_RULE, ruleset, _PATH_BENEATH, rule, 0)
            finally:
                os.close(descriptor)
        _checked("syscall", _RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _give_up_network(machine: _Machine) -> None:
    import ctypes

    refuse_index = len(machine.refused) + 5  # the last instruction; a jump says how many it skips
    program = [
        (_LOAD, 0, 0, 4),  # the processor of the call
        (_IF_EQUAL, 0, refuse_index - 2, machine.number),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_IF_AT_LEAST, refuse_index - 4, 0, _X32),
        *(
            (_IF_EQUAL, refuse_index - index, 0, system_call)
            for index, system_call in enumerate(machine.refused, 5)
        ),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    packed_program = ctypes.create_string_buffer(
        b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    )
    program_address = ctypes.addressof(packed_program)
    packed_filter = ctypes.create_string_buffer(struct.pack("@HP", len(program), program_address))
    _checked("prctl", _SET_SECCOMP, _BY_FILTER, packed_filter, 0, 0)


def _version() -> int:
    """Return the version of Landlock, or 0 if the kernel does not have it."""
    return max(_call("syscall", _CREATE_RULESET, None, 0, _ASK_VERSION), 0)


def _checked(name: str, *call_arguments: Any) -> int:
    """Call a function of the C library. Raises `OSError` if the call fails."""
    call_result = _call(name, *call_arguments)
    if call_result < 0:
        raise OSError(-call_result, os.strerror(-call_result))
    return call_result


def _call(name: str, *call_arguments: Any) -> int:
    """Call a function of the C library; return its result, or its error number negated."""
    import ctypes

    try:
        function = getattr(ctypes.CDLL(None, use_errno=True), name)
    except (OSError, AttributeError):  # another C library
        return -errno.ENOSYS
    function.restype = ctypes.c_long
    c_arguments = [
        ctypes.c_long(value) if isinstance(value, int) else value for value in call_arguments
    ]
    call_result = function(*c_arguments)
    return -ctypes.get_errno() if call_result == -1 else int(call_result)
