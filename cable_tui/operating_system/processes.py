"""Other processes: ended with this one or by a signal, with low priority; and ^C."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from cable_tui.operating_system import is_windows, only_here

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

_OWN_CONSOLE = 0x08000000 | 0x00000200
"""Flags `CREATE_NO_WINDOW`, `CREATE_NEW_PROCESS_GROUP`: ^C goes to all programs of a console."""
_BELOW_NORMAL = 0x00004000
_IDLE = 0x00000040
"""The priority classes of Windows."""
_LOOK_EVERY = 0.2
"""Seconds between two checks whether standard input is closed, on Windows."""
_ENDINGS = (("SIGTERM", 143), ("SIGHUP", 129), ("SIGBREAK", 129))
"""The exit status is 128 and the signal's number. Windows has `SIGBREAK` for a console that is
closed, and no `SIGHUP`."""


def apart(*, quiet: bool = False) -> int:
    """Return the `creationflags` of a process that ^C in this terminal does not reach, on Windows.

    It goes with `start_new_session=True`, which does the same elsewhere and nothing there. `quiet`
    gives a lower priority, which its own processes inherit; elsewhere `give_way` does.
    """
    if not is_windows():
        return 0
    return _OWN_CONSOLE | (_BELOW_NORMAL if quiet else 0)


def give_way(process: int, niceness: int) -> None:
    """Lower the priority of a process of ours. Does nothing if it has ended, and on Windows."""
    with suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, process, niceness)


def give_way_more(niceness: int) -> None:
    """Lower the priority of this process further."""
    with suppress(AttributeError, OSError):
        if is_windows():
            kernel = only_here("ctypes").windll.kernel32
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), _IDLE)
        else:
            os.nice(niceness)


def machine() -> str:
    """Return this machine, and its space of process numbers: a container has a separate one."""
    name_space = ""
    with suppress(OSError):  # only Linux has it
        name_space = os.readlink("/proc/self/ns/pid")  # noqa: PTH115 - it is no path
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{name} {name_space}".strip()


def is_there(process: int) -> bool:
    """Return whether a process with this number runs on this machine. On Windows always true."""
    if is_windows():  # there signal 0 is ^C
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # another user's
        return True
    return True


def ask_to_end(process: int) -> None:
    """Ask a process to end; on Windows it is ended at once.

    Raises `OSError` unless it has ended.
    """
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGTERM)


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def allow_open_files(wanted: int) -> int:
    """Let this process have `wanted` open files, if it may; return how many it may have."""
    if is_windows():  # it has no such limit
        return wanted
    resource = only_here("resource")
    soft_limit, hard_limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft_limit == resource.RLIM_INFINITY:
        return wanted
    raised_limit = wanted if hard_limit == resource.RLIM_INFINITY else min(wanted, hard_limit)
    if raised_limit > soft_limit:
        with suppress(ValueError, OSError):  # macOS has a further limit, and does not name it
            resource.setrlimit(resource.RLIMIT_NOFILE, (raised_limit, hard_limit))
            soft_limit = raised_limit
    return int(soft_limit)


def wait_for_end_of_input() -> None:
    """Return when standard input is closed: the parent process closes it, or has died.

    A process of Windows hangs as it starts while another one waits in a read of the pipe that both
    have as their input. So that the workers can start, the pipe is looked at from time to time
    there, and never waited for.
    """
    if is_windows() and _watched():
        return
    # Reads past Python's buffer, which would be locked while the process exits.
    while os.read(0, 4096):
        continue


def _watched() -> bool:
    """Watch the pipe until it is closed; False if the input is not a pipe."""
    handle = only_here("msvcrt").get_osfhandle(0)
    peek = only_here("_winapi").PeekNamedPipe
    while True:
        try:
            bytes_waiting, _ = peek(handle, 0)
        except BrokenPipeError:
            return True
        except OSError:
            return False
        if bytes_waiting:
            os.read(0, bytes_waiting)
        else:
            time.sleep(_LOOK_EVERY)


def endings() -> dict[int, int]:
    """Return the signals that ask a program to end, each with its exit status."""
    signals_there = [(getattr(signal, name, None), status) for name, status in _ENDINGS]
    return {number: status for number, status in signals_there if number is not None}


@contextmanager
def endings_as_exit() -> Iterator[None]:
    """Let such a signal unwind the block: locks and temporary files are cleared."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Under nohup SIGHUP is ignored, and stays so.
    handlers_before = {
        number: signal.signal(number, _exit)
        for number in endings()
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in handlers_before.items():
            signal.signal(number, handler)


def _exit(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(endings()[number])


def on_ending(loop: AbstractEventLoop, end: Callable[[int], object]) -> None:
    """Call `end` in the loop with the exit status when the program is asked to end."""

    def caught(status: int) -> None:
        loop.call_soon_threadsafe(end, status)

    for number, status in endings().items():
        # A test's loop may not be the main one.
        with suppress(RuntimeError, ValueError):
            try:
                loop.add_signal_handler(number, end, status)
            except NotImplementedError:  # the loop of Windows
                signal.signal(number, lambda *_, status=status: caught(status))


def on_interrupt(loop: AbstractEventLoop, end: Callable[[], object]) -> None:
    """Call `end` in the loop at ^C. On Windows ^C cancels what runs in the loop."""
    with suppress(NotImplementedError, RuntimeError, ValueError):
        loop.add_signal_handler(signal.SIGINT, end)


def on_continue(loop: AbstractEventLoop, go_on: Callable[[], object]) -> None:
    """Call `go_on` in the loop when a stopped program continues. Windows cannot stop programs."""
    signal_number = getattr(signal, "SIGCONT", None)
    if signal_number is not None:
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(signal_number, go_on)


def ignore_interrupt() -> None:
    """Ignore ^C in this process, which another one ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def interrupt_for_others() -> Iterator[None]:
    """Leave ^C to the program in this terminal while the block runs."""
    # A handler: the program would inherit an ignored signal.
    handler_before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler_before)
