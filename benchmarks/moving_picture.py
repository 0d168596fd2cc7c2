"""Join pictures of a terminal into one SVG that moves, without a script and without the network.

Rich draws each picture as a whole. Here a line of the terminal that looks the same in several of
them is drawn once, and style sheet rules show and hide it. Where nothing moves, because the reader
wants it so or the viewer knows no animations, the first picture is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from xml.etree import ElementTree

from cable_tui.base.value import Value

_SVG = "{http://www.w3.org/2000/svg}"
_LINE = 24.4
"""Height of a line in Rich's pictures."""
_BASELINE = 18.5
"""From the top of a line to the baseline of its letters."""
_RULE = re.compile(r"\.[\w-]+-(r\d+) \{\s*([^}]*?);?\s*\}")

Row = tuple[int, str]
"""A line of the terminal by its number, -1 for the title above, and what is drawn there."""


class Frame(Value):
    """One picture of the terminal, as Rich exports it, and for how long it is shown."""

    picture: str
    seconds: float


class _Styles:
    """One class for each look of a text, whatever Rich called it in each picture."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def name(self, look: str) -> str:
        return self.names.setdefault(look, f"t{len(self.names)}")

    def rules(self) -> Iterator[str]:
        for look, name in self.names.items():
            yield f".{name}{{{look}}}"


def moving(frames: Sequence[Frame]) -> str:
    """Return the SVG that shows the frames in turn, and begins again after the last."""
    styles = _Styles()
    roots = [ElementTree.fromstring(frame.picture) for frame in frames]
    ground = _commonest_fill(roots[0])
    shown: dict[Row, list[int]] = {}
    for number, root in enumerate(roots):
        for row in _rows(root, styles, ground):
            shown.setdefault(row, []).append(number)
    names: dict[tuple[int, ...], str] = {}
    drawn = []
    for (line, content), numbers in sorted(shown.items()):
        name = ""
        if len(numbers) < len(frames):
            name = names.setdefault(tuple(numbers), f"s{len(names)}")
            name = f' class="m {name}{" f" if numbers[0] == 0 else ""}"'
        if line < 0:
            drawn.append(f"<g{name}>{content}</g>")
        else:
            top = _number(41 + 1.5 + line * _LINE)
            drawn.append(f'<g{name} transform="translate(9 {top})" clip-path="url(#l)">')
            drawn.append(f"{content}</g>")
    rules = [*_fixed_rules(frames), *styles.rules(), *_keyframes(names, frames)]
    return _document(roots[0], rules, ground, drawn)


def _rows(root: ElementTree.Element, styles: _Styles, ground: str) -> Iterator[Row]:
    """What is drawn of one picture: its title, then each line of the terminal."""
    looks = dict(_RULE.findall(root.findtext(f"{_SVG}style") or ""))
    title = next(text for text in root.iter(f"{_SVG}text") if text.get("text-anchor"))
    place = f'x="{title.get("x")}" y="{title.get("y")}"'
    yield -1, f'<text class="title" {place}>{escape(title.text or "")}</text>'
    matrix = root.findall(f"{_SVG}g")[-1]
    lines: dict[int, list[str]] = {}
    boxes = [box for box in matrix.iter(f"{_SVG}rect") if box.get("fill") != ground]
    for line, row in groupby(boxes, lambda box: round((_at(box, "y") - 1.5) / _LINE)):
        lines.setdefault(line, []).extend(_grounds(row))
    for text in matrix.iter(f"{_SVG}text"):
        content = (text.text or "").rstrip("\n")
        if content.strip("\xa0 ") or (content and "underline" in looks[_look(text)]):
            name = styles.name(looks[_look(text)])
            place = f'x="{text.get("x")}" textLength="{text.get("textLength")}"'
            line = round((_at(text, "y") - _BASELINE - 1.5) / _LINE)
            lines.setdefault(line, []).append(
                f'<text class="{name}" {place} y="{_BASELINE}">{escape(content)}</text>'
            )
    for line, parts in lines.items():
        yield line, "".join(parts)


def _grounds(boxes: Iterable[ElementTree.Element]) -> Iterator[str]:
    """The backgrounds of one line: neighbours of one color are one box."""
    joined: list[tuple[str, float, float]] = []
    for box in boxes:
        fill, left = box.get("fill") or "", _at(box, "x")
        right = left + _at(box, "width")
        if joined and joined[-1][0] == fill and abs(joined[-1][2] - left) < 0.1:
            joined[-1] = (fill, joined[-1][1], right)
        else:
            joined.append((fill, left, right))
    for fill, left, right in joined:
        place = f'x="{_number(left)}" width="{_number(right - left)}" height="24.65"'
        yield f'<rect fill="{fill}" {place}/>'


def _look(text: ElementTree.Element) -> str:
    """The name of Rich's class, without what it puts before it."""
    return (text.get("class") or "").rpartition("-")[2]


def _at(element: ElementTree.Element, name: str) -> float:
    return float(element.get(name) or 0)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _commonest_fill(root: ElementTree.Element) -> str:
    """The color that most of the terminal has: it is drawn once, below all."""
    cells: dict[str, float] = {}
    for box in root.findall(f"{_SVG}g")[-1].iter(f"{_SVG}rect"):
        fill = box.get("fill") or ""
        cells[fill] = cells.get(fill, 0) + _at(box, "width")
    return max(cells, key=lambda fill: cells[fill])


def _fixed_rules(frames: Sequence[Frame]) -> list[str]:
    whole = _number(sum(frame.seconds for frame in frames))
    return [
        "text{font:20px Fira Code,monospace;white-space:pre}",
        "rect{shape-rendering:crispEdges}",
        ".title{font:bold 18px arial,sans-serif;fill:#c5c8c6;text-anchor:middle}",
        f".m{{visibility:hidden;animation:{whole}s step-end infinite}}",
        ".f{visibility:visible}",
        "@media (prefers-reduced-motion:reduce){.m{animation:none}}",
    ]


def _keyframes(names: Mapping[tuple[int, ...], str], frames: Sequence[Frame]) -> Iterator[str]:
    """When the lines are seen that are in some of the frames only."""
    whole = sum(frame.seconds for frame in frames)
    begins = [sum(frame.seconds for frame in frames[:number]) for number in range(len(frames))]
    for numbers, name in names.items():
        steps, before = [], None
        for number, begin in enumerate(begins):
            if (seen := number in numbers) != before:
                state = "visible" if seen else "hidden"
                steps.append(f"{_number(100 * begin / whole)}%{{visibility:{state}}}")
            before = seen
        yield f"@keyframes {name}{{{''.join(steps)}}}"
        yield f".{name}{{animation-name:{name}}}"


def _document(
    root: ElementTree.Element, rules: Iterable[str], ground: str, drawn: Iterable[str]
) -> str:
    """The whole file: the window that Rich drew, and in it what moves."""
    _, _, width, height = (root.get("viewBox") or "").split()
    window = root.find(f"{_SVG}rect")
    assert window is not None
    frame = " ".join(f'{name}="{value}"' for name, value in window.attrib.items())
    inside = f'x="9" y="41" width="{float(width) - 19:g}" height="{float(height) - 51:g}"'
    dots = "".join(
        f'<circle cx="{place}" cy="22" r="7" fill="{fill}"/>'
        for place, fill in ((26, "#ff5f57"), (48, "#febc2e"), (70, "#28c840"))
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">',
        "<style>",
        *rules,
        "</style>",
        f'<clipPath id="l"><rect y="-1" width="{width}" height="26.65"/></clipPath>',
        f'<rect {frame}/>{dots}<rect fill="{ground}" {inside}/>',
        *drawn,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"
