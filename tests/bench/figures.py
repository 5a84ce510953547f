"""What was measured, beside its bar: tables to read, and JSON to keep."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

KEPT = Path(__file__).with_name("figures.json")
"""The figures that README shows: those of the last run with `--keep`."""
CERTAIN = 2.0
"""Standard errors that a figure may be beyond its bar: less is the noise of the run."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Values of one kind, in the order they were measured."""

    values: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median."""
        return statistics.median(self.values)

    @property
    def most(self) -> float:
        """The value that 95 of 100 do not pass."""
        return sorted(self.values)[min(len(self.values) - 1, int(len(self.values) * 0.95))]

    @property
    def error(self) -> float:
        """The standard error of the median as a share of it, by the middle half of the values."""
        if len(self.values) < 4 or not self.middle:
            return 0.0
        low, _, high = statistics.quantiles(self.values, n=4)
        # In a normal distribution the quartiles are 1.349 standard deviations apart; a median errs 1.253 × as a mean.
        return 1.253 * (high - low) / 1.349 / float(len(self.values) ** 0.5) / self.middle


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the proof."""

    network: str
    """Of how many contacts, or "dense"; empty where that does not matter."""
    what: str
    got: float
    unit: str
    """As "× bare move", "B", "MiB"."""
    bar: float | None = None
    """What `got` may not pass; None where a figure is only shown."""
    at_least: bool = False
    """Whether the bar is what must be reached instead."""
    noise: float = 0.0
    """How far `got` may be off, in its own unit."""
    most: float | None = None
    """The 95th percentile, in the same unit."""
    processor: float | None = None
    """The same ratio in time of the processor: what else the machine does hardly touches it."""
    floor: float | None = None
    """What the least program that does the same takes, in the same unit."""

    @property
    def short(self) -> bool:
        """Whether the bar is missed by more than the noise."""
        if self.bar is None:
            return False
        return self.got + self.noise < self.bar if self.at_least else self.got - self.noise > self.bar


def ratio(network: str, what: str, took: Sample, beside: Sample, unit: str, bar: float | None = None,
          processor: float | None = None, floor: float | None = None) -> Figure:  # fmt: skip
    """How many times as long as something else it took; the noise is that of both medians."""
    times = took.middle / beside.middle
    noise = CERTAIN * float((took.error**2 + beside.error**2) ** 0.5) * times
    return Figure(network, what, times, unit, bar, noise=noise, most=took.most / beside.middle, processor=processor,
                  floor=floor)  # fmt: skip


def number(value: float | None) -> str:
    """A figure with three digits that count."""
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


HEADS = ("what", "contacts", "bar", "got", "±", "p95", "processor", "floor", "")


def cells(figure: Figure) -> tuple[str, ...]:
    """A figure as a row of a table."""
    sign = "≥" if figure.at_least else "≤"
    bar = "" if figure.bar is None else f"{sign} {number(figure.bar)}"
    return (
        figure.what, figure.network, bar, f"{number(figure.got)} {figure.unit}",
        number(figure.noise) if figure.noise else "", number(figure.most), number(figure.processor),
        number(figure.floor), "short" if figure.short else "" if figure.bar is None else "held",
    )  # fmt: skip


def text_table(figures: Iterable[Figure]) -> str:
    """The table as a terminal shows it."""
    rows = [HEADS, *map(cells, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    return "\n".join(
        "  ".join(cell.ljust(width) if place < 2 else cell.rjust(width)
                  for place, (cell, width) in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ) + "\n"  # fmt: skip


def markdown_table(figures: Sequence[Figure]) -> str:
    """The table that README shows: what has a bar, the worst network of each."""
    worst: dict[str, Figure] = {}
    for figure in figures:
        if figure.bar is None:
            continue
        other = worst.get(figure.what)
        if other is None or (figure.got < other.got if figure.at_least else figure.got > other.got):
            worst[figure.what] = figure
    lines = ["| what | bar | got | p95 | at |", "|---|---|---|---|---|"]
    for figure in worst.values():
        bar = f"{'≥' if figure.at_least else '≤'} {number(figure.bar)}"
        mark = " (short)" if figure.short else ""
        most = number(figure.most)
        where = figure.network
        lines.append(f"| {figure.what} | {bar} | {number(figure.got)} {figure.unit}{mark} | {most} | {where} |")
    return "\n".join(lines)


def write(figures: Sequence[Figure], path: Path) -> None:
    """Keep figures as JSON."""
    rows = [{name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(figure).items()}
            for figure in figures]  # fmt: skip
    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")


def read(path: Path = KEPT) -> list[Figure]:
    """The figures that were kept."""
    return [Figure(**row) for row in json.loads(path.read_text("utf-8"))]
