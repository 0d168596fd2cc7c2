"""What comes from the keyboard: bytes that are no UTF-8 must not end the room.

Textual decodes its input strictly, in a thread whose failure ends the program: one byte of a
Latin-1 terminal or of a pasted file would do. Such a byte becomes U+FFFD, as it does in cables.
"""

from __future__ import annotations

import codecs
from codecs import IncrementalDecoder


def install() -> None:
    """Make the input of this process forgiving. A second time changes nothing."""
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows reads characters, not bytes
        return
    linux_driver.getincrementaldecoder = _forgiving  # type: ignore[assignment,attr-defined]


def _forgiving(encoding: str) -> type[IncrementalDecoder]:
    plain = codecs.getincrementaldecoder(encoding)

    class Forgiving(plain):  # type: ignore[misc,valid-type]  # the class is known at run time only
        def __init__(self) -> None:
            super().__init__("replace")

    return Forgiving
