"""The digests `sha256` and `blake2b` of `hashlib`, for short texts.

Importing `hashlib` loads the library of OpenSSL, which takes a fifth of the time of a bare start of
Python. The modules behind it are Python's own, and `random` of the standard library imports them in
the same way. They take longer for megabytes, for which `hashlib` is better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["blake2b", "sha256"]

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:
    try:
        from _blake2 import blake2b

        try:
            from _sha2 import sha256
        except ImportError:  # before Python 3.12
            from _sha256 import sha256
    except ImportError:  # another Python than CPython
        from hashlib import blake2b, sha256
