"""The digests of Python's own modules are those of `hashlib`."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base import digests


@given(st.binary())
def test_digests_are_those_of_hashlib(data: bytes) -> None:
    assert digests.sha256(data).hexdigest() == hashlib.sha256(data).hexdigest()
    ours, theirs = (each.blake2b(digest_size=16) for each in (digests, hashlib))
    ours.update(data)
    theirs.update(data)
    assert ours.hexdigest() == theirs.hexdigest()


@pytest.mark.parametrize(
    ("data", "digest"),
    # FIPS 180-4, the examples of one block and of two.
    [
        (b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
    ],
)
def test_a_sha256_is_that_of_the_standard(data: bytes, digest: str) -> None:
    assert digests.sha256(data).hexdigest() == digest
