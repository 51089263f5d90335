"""The simulation of many articles keeps to what can be reckoned by hand."""

from __future__ import annotations

import pytest

from benchmarks import scale


def test_workers_that_seldom_write_do_not_wait() -> None:
    rate = scale.simulate(0.2, 1e-6, 4, articles=20_000)
    assert rate.articles == pytest.approx(4 / 0.2, rel=0.05)
    assert rate.waiting < 0.01


def test_many_workers_write_no_more_than_one_turn_after_the_other() -> None:
    assert scale.simulate(0.15, 0.05, 64, articles=20_000).articles == pytest.approx(1 / 0.05, rel=0.05)


def test_one_worker_reads_and_writes_in_turn() -> None:
    rate = scale.simulate(0.15, 0.05, 1, articles=20_000)
    assert rate.articles == pytest.approx(1 / 0.2, rel=0.05)
    assert rate.waiting == 0


def test_the_turn_grows_with_the_graph_and_so_do_the_hours() -> None:
    figures = scale.Figures(reading=0.1, turn=0.05, growth=1.2)
    assert [figures.turn_at(size) for size in (10, 1_000, 100_000)] == pytest.approx([0.05, 0.05, 0.072])
    flat = scale.fill(scale.Figures(reading=0.1, turn=0.05, growth=1.0), 1_000_000, 1)
    assert flat.hours == pytest.approx(1_000_000 * 0.15 / 3600, rel=0.05)
    assert scale.fill(figures, 1_000_000, 1).hours > flat.hours


def test_bad_numbers_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (["--articles", "10"], ["--workers", "two"], ["--turn", "0"]):
        with pytest.raises(SystemExit):
            scale.main(wrong)
    assert scale.main(["--articles", "1000", "--workers", "2"]) == 0
    assert "1,000" in capsys.readouterr().out
