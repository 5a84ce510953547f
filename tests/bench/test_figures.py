"""What a figure counts as: held, short, or within the noise of its run."""

from __future__ import annotations

from pathlib import Path

from tests.bench.figures import Figure, Sample, markdown_table, ratio, read, text_table, write

STEADY = Sample((2.0, 2.0, 2.0, 2.0, 2.0))
RESTLESS = Sample((1.0, 2.0, 3.0, 4.0, 5.0))


def test_a_bar_is_missed_only_beyond_the_noise() -> None:
    assert ratio("10", "move", STEADY, Sample((1.0,) * 5), "×", bar=1.9).short
    within = ratio("10", "move", RESTLESS, Sample((1.0,) * 5), "×", bar=2.5)
    assert (within.got, within.short) == (3.0, False)
    assert Figure("", "rows", 90.0, "a second", 100.0, at_least=True, noise=5.0).short
    assert not Figure("", "rows", 90.0, "a second", 100.0, at_least=True, noise=15.0).short
    assert not Figure("", "shown", 90.0, "MiB").short


def test_the_page_shows_the_worst_network_of_each_bar(tmp_path: Path) -> None:
    figures = [
        Figure("10", "move", 1.2, "×", 1.3),
        Figure("1,000", "move", 1.4, "×", 1.3),
        Figure("", "shown", 5.0, "MiB"),
    ]
    shown = markdown_table(figures)
    assert "| move | ≤ 1.30 | 1.40 × (short) |  | 1,000 |" in shown
    assert "shown" not in shown
    assert "shown" in text_table(figures)
    write(figures, tmp_path / "figures.json")
    assert read(tmp_path / "figures.json") == figures
