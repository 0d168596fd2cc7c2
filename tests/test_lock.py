"""The lock of the development tools: whole, of what pyproject.toml asks for, of no one index."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.command_cases import modules_with

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements-dev.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
STALE = "run: make lock"


class Pin(NamedTuple):
    """One line of the lock, with the lines under it."""

    requirement: Requirement
    hashes: tuple[str, ...]
    via: frozenset[str]
    """Who asks for it, as the lock says."""

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> Version:
        (only,) = self.requirement.specifier
        assert only.operator == "=="
        return Version(only.version)


def pins() -> list[Pin]:
    blocks = re.split(r"\n(?=[a-z0-9])", LOCK.read_text("utf-8"))[1:]
    return [
        Pin(
            Requirement(block.split("\n")[0].rstrip(" \\")),
            tuple(re.findall(r"--hash=(\S+)", block)),
            frozenset(re.findall(r"# +(?:via )?(\S.*)", block)),
        )
        for block in blocks
    ]


def wanted() -> list[Requirement]:
    """What the tests ask for, and all that they bring; of the project itself only others' names."""
    project = PROJECT["project"]
    extras = {**project["optional-dependencies"]}
    del extras["fuzz"]  # for one system alone
    parts = (project["dependencies"], *extras.values())
    asked = [Requirement(line) for part in parts for line in part]
    return [each for each in asked if each.name != project["name"]]


def test_each_tool_that_is_asked_for_is_locked_at_a_version_that_fits() -> None:
    locked: dict[str, list[Pin]] = {}
    for pin in pins():
        locked.setdefault(pin.name, []).append(pin)
    for each in wanted():
        found = locked.get(canonicalize_name(each.name), [])
        assert found, f"{each} is not locked; {STALE}"
        assert all(pin.version in each.specifier for pin in found), f"{each}; {STALE}"


def test_nothing_is_locked_that_nobody_asks_for() -> None:
    ours = f"{PROJECT['project']['name']} (pyproject.toml)"
    direct = {pin.name for pin in pins() if ours in pin.via}
    assert direct == {canonicalize_name(each.name) for each in wanted()}, STALE
    assert [pin.name for pin in pins() if not pin.via - {"via"}] == []


def test_what_builds_the_packages_is_locked_too() -> None:
    versions = {pin.name: pin.version for pin in pins()}
    for line in PROJECT["build-system"]["requires"]:
        asked = Requirement(line)
        assert versions[canonicalize_name(asked.name)] in asked.specifier


def test_the_extra_of_the_fuzzer_brings_what_it_imports() -> None:
    """Of the fuzzer and the modules of the tests that it imports."""
    extra = PROJECT["project"]["optional-dependencies"]["fuzz"]
    named = {canonicalize_name(Requirement(line).name) for line in extra}
    own = [Requirement(line) for line in extra if Requirement(line).name == "cable-tui"]
    for part in {name for each in own for name in each.extras}:
        lines = PROJECT["project"]["optional-dependencies"][part]
        named |= {canonicalize_name(Requirement(line).name) for line in lines}
    modules = ["tests.fuzz_bytes", *modules_with("ByteReaders")]
    assert set().union(*(foreign(name, set()) for name in modules)) <= named


def foreign(module: str, seen: set[str]) -> set[str]:
    """Other projects that a module of the tests imports, also through others of the tests."""
    place = ROOT.joinpath(*module.split("."))
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    if module in seen or not file.exists():
        return set()
    seen.add(module)
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    ours = {name for name in names if name.split(".")[0] == "tests"}
    found = {name.split(".")[0] for name in names - ours}
    found -= {"cable_tui", *sys.stdlib_module_names}
    return found.union(*(foreign(name, seen) for name in ours))


def test_each_version_has_its_hashes_and_no_address() -> None:
    assert len(pins()) > 20
    assert [pin.name for pin in pins() if not pin.hashes] == []
    kinds = {each.split(":")[0] for pin in pins() for each in pin.hashes}
    assert kinds == {"sha256"}
    assert "://" not in LOCK.read_text("utf-8")


SYSTEMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
@pytest.mark.parametrize("system", SYSTEMS, ids=lambda each: each[0])
def test_each_system_and_python_finds_one_version_of_each(
    system: tuple[str, str, str], python: str
) -> None:
    platform, name, kind = system
    here = {"sys_platform": platform, "platform_system": name, "os_name": kind}
    here |= {"python_version": python, "python_full_version": f"{python}.1"}
    taken = [
        pin.name
        for pin in pins()
        if pin.requirement.marker is None or pin.requirement.marker.evaluate(here)
    ]
    assert sorted(set(taken)) == sorted(taken)
    assert {canonicalize_name(each.name) for each in wanted()} <= set(taken)
