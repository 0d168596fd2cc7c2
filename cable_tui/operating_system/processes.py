"""Other processes: end them with this one or by a signal, lower their priority, and handle ^C."""

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
    from subprocess import Popen

_OWN_CONSOLE = 0x08000000 | 0x00000200
"""The flags `CREATE_NO_WINDOW` and `CREATE_NEW_PROCESS_GROUP`. Without them, ^C reaches all
programs in a console.
"""
_BELOW_NORMAL = 0x00004000
_IDLE = 0x00000040
"""The values of two Windows priority classes: below normal, and idle."""
_LOOK_EVERY = 0.2
"""The interval, in seconds, between two checks whether standard input is closed, on Windows."""
_ENDINGS = (("SIGTERM", 143), ("SIGHUP", 129), ("SIGBREAK", 129))
"""The signals that end a program, which exits with status 128 plus the signal's number. Windows has
`SIGBREAK` for a closed console, and does not have `SIGHUP`.
"""


def apart(*, quiet: bool = False) -> int:
    """Return the `creationflags` for a process that ^C in this terminal must not reach, on Windows.

    Use it together with `start_new_session=True`, which has the same effect on other systems and no
    effect on Windows. `quiet` lowers the priority, which child processes inherit; `give_way` lowers
    it on other systems.
    """
    if not is_windows():
        return 0
    return _OWN_CONSOLE | (_BELOW_NORMAL if quiet else 0)


def give_way(process: int, niceness: int) -> None:
    """Lower the priority of one of our processes. Do nothing if it has ended, or on Windows."""
    with suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, process, niceness)


def give_way_more(niceness: int) -> None:
    """Lower the priority of this process further."""
    with suppress(AttributeError, OSError):
        if is_windows():
            kernel_library = only_here("ctypes").windll.kernel32
            kernel_library.SetPriorityClass(kernel_library.GetCurrentProcess(), _IDLE)
        else:
            os.nice(niceness)


def machine() -> str:
    """Return the names of this machine and its PID namespace, which differs in a container."""
    pid_namespace = ""
    with suppress(OSError):  # only Linux has it
        pid_namespace = os.readlink("/proc/self/ns/pid")  # noqa: PTH115 - it is no path
    machine_name = (
        os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    )
    return f"{machine_name} {pid_namespace}".strip()


def is_there(process: int) -> bool:
    """Return whether a process with this number runs on this machine; always True on Windows."""
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
    """Ask a process to end; Windows ends it immediately.

    Do nothing if it has ended already. Raises `OSError` if the process cannot be signaled.
    """
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGTERM)


def end_program(process: Popen[bytes], patience: float = 1.0) -> None:
    """Ask a process to end, and kill it after `patience` seconds."""
    from subprocess import TimeoutExpired  # the caller has imported it

    process.terminate()
    with suppress(TimeoutExpired):
        process.wait(patience)
    process.kill()
    process.wait()


def end_group(process: Popen[bytes], patience: float = 1.0) -> None:
    """End a process that leads a session of its own, together with the processes that it started.

    The processes are asked to end first, and killed after `patience` seconds. On Windows only the
    process itself is ended.
    """
    from subprocess import TimeoutExpired  # the caller has imported it

    with suppress(ProcessLookupError):
        if is_windows():
            process.kill()
            process.wait()
            return
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(TimeoutExpired):
            process.wait(patience)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def allow_open_files(wanted: int) -> int:
    """Let this process open `wanted` files if permitted; return how many files it may open."""
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
    """Wait until standard input is closed, because the parent process closes it or has died.

    A starting Windows process hangs while another process waits in a read on the pipe that both
    have as their input. On Windows the pipe is therefore checked at intervals, without waiting in a
    read, so that the workers can start.
    """
    if is_windows() and _watched():
        return
    # Reads past Python's buffer, which would be locked while the process exits.
    while os.read(0, 4096):
        continue


def _watched() -> bool:
    """Check the pipe until it is closed. Return False if the input is not a pipe."""
    input_handle = only_here("msvcrt").get_osfhandle(0)
    peek_pipe = only_here("_winapi").PeekNamedPipe
    while True:
        try:
            bytes_waiting, _ = peek_pipe(input_handle, 0)
        except BrokenPipeError:
            return True
        except OSError:
            return False
        if bytes_waiting:
            os.read(0, bytes_waiting)
        else:
            time.sleep(_LOOK_EVERY)


def endings() -> dict[int, int]:
    """Return the signals that ask a program to end, with the exit status for each."""
    signals_with_status = [
        (getattr(signal, signal_name, None), status) for signal_name, status in _ENDINGS
    ]
    return {
        signal_number: status
        for signal_number, status in signals_with_status
        if signal_number is not None
    }


@contextmanager
def endings_as_exit() -> Iterator[None]:
    """Convert such a signal into `SystemExit`, so that the block removes its locks and files."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Under nohup SIGHUP is ignored, and stays so.
    previous_handlers = {
        signal_number: signal.signal(signal_number, _exit)
        for signal_number in endings()
        if signal.getsignal(signal_number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for signal_number, previous_handler in previous_handlers.items():
            signal.signal(signal_number, previous_handler)


def _exit(signal_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(endings()[signal_number])


def on_ending(loop: AbstractEventLoop, end: Callable[[int], object]) -> None:
    """Call `end` in the event loop with the exit status when a signal asks the program to end."""

    def caught(status: int) -> None:
        loop.call_soon_threadsafe(end, status)

    for signal_number, exit_status in endings().items():
        # A test's loop may not be the main one.
        with suppress(RuntimeError, ValueError):
            try:
                loop.add_signal_handler(signal_number, end, exit_status)
            except NotImplementedError:  # the loop of Windows
                signal.signal(signal_number, lambda *_, status=exit_status: caught(status))


def on_interrupt(loop: AbstractEventLoop, end: Callable[[], object]) -> None:
    """Call `end` in the event loop at ^C. On Windows, ^C cancels the tasks of the loop instead."""
    with suppress(NotImplementedError, RuntimeError, ValueError):
        loop.add_signal_handler(signal.SIGINT, end)


def on_continue(loop: AbstractEventLoop, go_on: Callable[[], object]) -> None:
    """Call `go_on` in the event loop when a stopped program continues; never on Windows."""
    signal_number = getattr(signal, "SIGCONT", None)
    if signal_number is not None:
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(signal_number, go_on)


def ignore_interrupt() -> None:
    """Ignore ^C in this process, because another process will end it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def interrupt_for_others() -> Iterator[None]:
    """Leave ^C to another program in this terminal while the block runs."""
    # A handler: the program would inherit an ignored signal.
    previous_handler = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous_handler)
