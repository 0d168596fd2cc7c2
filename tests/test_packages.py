"""The wheel and the sdist: the same bytes wherever they are built, whole, and fit for an index.

They are built from what git knows of the folder, without network.
"""

from __future__ import annotations

import email
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Mapping
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest

import cable_tui
from tests.installs import SHOWN

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DAY = 1_700_000_000
"""2023-11-14 22:13:20 UTC, as SOURCE_DATE_EPOCH."""


class Built(NamedTuple):
    """What one build made."""

    wheel: Path
    sdist: Path


def files_of_git() -> list[str]:
    """The files of the repository, also those that are not committed yet."""
    git = ["git", "-C", str(ROOT)]
    asked = [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        top = subprocess.check_output([*git, "rev-parse", "--show-cdup"], stderr=subprocess.DEVNULL)
        told = subprocess.check_output(asked, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this folder is no clone, or there is no git")
    if top.strip():
        pytest.skip("this folder is a part of another repository")
    return [name for name in told.split("\0") if name and (ROOT / name).is_file()]


def build(tree: Path, out: Path, environment: Mapping[str, str]) -> Built:
    """Build in a folder, with what is installed here."""
    asked = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(tree)]
    given = {**os.environ, **environment}
    subprocess.run(asked, check=True, env=given, stdout=subprocess.DEVNULL)
    return Built(next(out.glob("*.whl")), next(out.glob("*.tar.gz")))


def copied(place: Path) -> Path:
    for name in files_of_git():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, place / name)
    return place


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tree = copied(tmp_path_factory.mktemp("tree"))
    return build(tree, tmp_path_factory.mktemp("first"), {"SOURCE_DATE_EPOCH": str(DAY)})


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same on what looks like another machine: folder, times, modes, zone, hash seed."""
    tree = copied(tmp_path_factory.mktemp("another tree"))
    for each in tree.rglob("*"):
        os.utime(each, (86_400, 86_400))
        each.chmod(0o700 if each.is_dir() else 0o600)
    odd = {"SOURCE_DATE_EPOCH": str(DAY), "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "27"}
    return build(tree, tmp_path_factory.mktemp("second"), {**odd, "LC_ALL": "C"})


@pytest.fixture(scope="module")
def metadata(built: Built) -> Message:
    with zipfile.ZipFile(built.wheel) as wheel:
        (name,) = (each for each in wheel.namelist() if each.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(wheel.read(name))


@pytest.mark.parametrize("kind", Built._fields)
def test_a_package_has_the_same_bytes_wherever_it_is_built(
    built: Built, again: Built, kind: str
) -> None:
    first, second = getattr(built, kind), getattr(again, kind)
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


def test_what_is_packed_has_the_day_that_the_builder_asks_for(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        assert {each.date_time for each in wheel.infolist()} == {(2023, 11, 14, 22, 13, 20)}
    with tarfile.open(built.sdist) as sdist:
        assert {each.mtime for each in sdist} == {DAY}
        assert {(each.uid, each.uname) for each in sdist} == {(0, "")}


def test_the_sdist_makes_the_same_wheel(
    built: Built, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(built.sdist) as sdist:
        sdist.extractall(place, filter="data")
    (tree,) = place.iterdir()
    other = build(tree, tmp_path_factory.mktemp("third"), {"SOURCE_DATE_EPOCH": str(DAY)})
    assert other.wheel.read_bytes() == built.wheel.read_bytes()


def test_the_sdist_holds_the_repository(built: Built) -> None:
    with tarfile.open(built.sdist) as sdist:
        packed = {each.name.split("/", 1)[1] for each in sdist if each.isfile()}
    assert packed - {"PKG-INFO"} == set(files_of_git())


def test_the_wheel_holds_the_whole_program_and_no_more(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        packed = {name for name in wheel.namelist() if ".data/" not in name}
    licences = {name.split("/licenses/")[1] for name in packed if "/licenses/" in name}
    assert licences == {"LICENSE", "cable_tui/glossary/data/NOTICE"}
    program = {name for name in files_of_git() if name.startswith("cable_tui/")} - licences
    assert {name for name in packed if ".dist-info/" not in name} == program
    (entry,) = (name for name in packed if name.endswith("entry_points.txt"))
    with zipfile.ZipFile(built.wheel) as wheel:
        assert b"cable-tui = cable_tui.__main__:main" in wheel.read(entry)


@pytest.mark.parametrize(
    "check", [("twine", "check", "--strict"), ("check_wheel_contents",)], ids=lambda each: each[0]
)
def test_an_index_takes_the_packages(built: Built, check: tuple[str, ...]) -> None:
    packages = built if check[0] == "twine" else built[:1]
    asked = [sys.executable, "-m", *check, *map(str, packages)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (done.returncode, "WARNING" in done.stdout) == (0, False), done.stdout + done.stderr


def test_pyproject_follows_the_standard() -> None:
    asked = [sys.executable, "-m", "validate_pyproject", str(ROOT / "pyproject.toml")]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_version_stands_in_one_place(metadata: Message) -> None:
    assert metadata["Version"] == cable_tui.__version__
    assert "version" in PROJECT["dynamic"]
    assert f'"{cable_tui.__version__}"' not in (ROOT / "pyproject.toml").read_text("utf-8")


def test_an_index_can_say_whose_it_is_and_where_it_lives(metadata: Message) -> None:
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert f"Copyright (c) 2026 {metadata['Author']}\n" in licence
    (clone,) = re.findall(r"git clone (\S+)", (ROOT / "README.md").read_text("utf-8"))
    addresses = PROJECT["urls"]
    assert addresses["Source"] == clone
    assert {name for name, each in addresses.items() if not each.startswith(clone)} == set()
    assert {"Homepage", "Documentation", "Source", "Issues", "Changelog"} == set(addresses)


def test_each_link_of_the_description_leads_somewhere_from_an_index(metadata: Message) -> None:
    text = metadata.get_payload()
    assert isinstance(text, str)
    outside = text.split("```")[::2]
    links = [link for part in outside for link in re.findall(r"\]\(([^)\s]+)\)", part)]
    assert len(links) > 3
    assert [link for link in links if not link.startswith(("https://", "#"))] == []
    ours = re.compile(
        r"https://(?:github\.com/cable-tui/cable-tui/blob|"
        r"raw\.githubusercontent\.com/cable-tui/cable-tui)/v([^/]+)/([^#]+)"
    )
    found = [match.groups() for link in links if (match := ours.match(link))]
    assert {version for version, _ in found} == {cable_tui.__version__}
    assert [path for _, path in found if not (ROOT / path).exists()] == []
    assert any(path.endswith(".svg") for _, path in found)


def test_the_page_on_installing_says_what_each_extra_brings() -> None:
    page = ROOT / "docs" / "install.md"
    table = page.read_text("utf-8").split("| Extra | Adds |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)) == set(
        PROJECT["optional-dependencies"]
    )


@pytest.mark.skipif(os.name == "nt", reason="there is no pseudo-terminal on Windows")
def test_the_wheel_alone_starts_the_demo(built: Built, tmp_path: Path) -> None:
    from benchmarks.terminal import Terminal  # needs `fcntl`

    place = tmp_path / "an empty place"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    python = place / "bin" / "python"
    asked = ["install", "--quiet", "--no-index", "--no-deps", str(built.wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *asked], check=True)
    # What it needs comes from here: a line in a .pth reads no other .pth, such as our own.
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    inside = Path(subprocess.check_output([python, "-c", where], text=True).strip())
    here = subprocess.check_output([sys.executable, "-c", where], text=True)
    (inside / "needed.pth").write_text(here, encoding="utf-8")
    asks = "import cable_tui; print(cable_tui.__file__)"
    came = subprocess.check_output([python, "-c", asks], cwd=tmp_path, text=True)
    assert Path(came.strip()).is_relative_to(place)
    home = {"CABLE_TUI_HOME": str(tmp_path / "home")}
    with Terminal([str(place / "bin" / "cable-tui"), "demo"], environment=home) as terminal:
        assert terminal.until(lambda text: SHOWN in text, 60), terminal.text
        terminal.send("ctrl+q")
        assert terminal.wait(30) == 0
