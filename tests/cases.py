"""Rows of a table of cases: the name of each comes before what it says."""

from __future__ import annotations

import pytest


def case(name: str, *values: object) -> object:
    """One row of `pytest.mark.parametrize`, with a name."""
    return pytest.param(*values, id=name)
