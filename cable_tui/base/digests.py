"""The digests `sha256` and `blake2b` of `hashlib`, for short texts.

Importing `hashlib` loads the OpenSSL library, which takes a fifth of the time of a bare start of
Python. The modules used here are Python's own, and the standard library's `random` imports them in
the same way. They are slower for megabytes of data, for which `hashlib` is better.
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
