"""Every format taken in as one step: counted beforehand, the same once more, cancelled, taken back."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.model import FavorState, ImportReport, Status
from planner.desk import Desk
from planner.desk.intake import chunks
from planner.errors import Refused
from planner.interchange.importing import bring_in
from planner.interchange.reading import count_hint, read
from tests.desk.desks import add, open_desk
from tests.interchange.samples import SAMPLES, linkedin, monica, written
from tests.store.stores import assert_sound, facts


def take(desk: Desk, path: Path, **more: object) -> ImportReport:
    """Import a file."""
    return desk.imports.run(read([path]), expected=count_hint([path]), **more).report  # type: ignore[arg-type]


def counts(report: ImportReport) -> tuple[int, int, int]:
    """Added, merged, unchanged."""
    return report.added, report.merged, report.unchanged


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_of_any_program(desk: Desk, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, name)
    people = SAMPLES[name][2]
    add(desk, "Ana Lee", emails=("ana@x.example",))
    before = facts(desk.store)
    dry = take(desk, path, dry_run=True)
    assert facts(desk.store) == before
    with monkeypatch.context() as patch:
        patch.setattr(chunks, "CHUNK", 1)
        stopped = take(desk, path, cancelled=lambda: True)
        assert stopped.remarks == ("stopped: nothing was kept",)
    assert facts(desk.store) == before
    real = take(desk, path)
    assert counts(real) == counts(dry)
    assert real.added + real.merged + real.unchanged == people
    after = facts(desk.store)
    assert_sound(desk.store)
    assert counts(take(desk, path)) == (0, 0, people)
    assert facts(desk.store) == after
    desk.keeping.undo()
    assert facts(desk.store) == before
    desk.keeping.redo()
    assert facts(desk.store) == after


@settings(max_examples=20)
@given(
    st.lists(st.sampled_from(sorted(SAMPLES)), min_size=1, max_size=4),
    st.sampled_from([None, "met"]),
    st.sampled_from([None, "4w"]),
    st.sampled_from([1, 2, 400]),
)
def test_a_dry_run_reports_what_the_real_one_does_and_leaves_no_trace(
    names: list[str], circle: str | None, cadence: str | None, chunk: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "CHUNK", chunk)
        with open_desk(Path(folder) / "planner.db") as desk:
            add(desk, "Ana Lee", emails=("ana@x.example",))
            for name in names:
                path = written(Path(folder), name)
                before, told, content = facts(desk.store), desk.keeping.history(), desk.store.path.read_bytes()
                dry = take(desk, path, circle=circle, cadence=cadence, dry_run=True)
                assert (facts(desk.store), desk.keeping.history()) == (before, told)
                assert desk.store.path.read_bytes() == content
                assert take(desk, path, circle=circle, cadence=cadence) == dry


def test_a_dry_run_keeps_no_other_session_waiting(desk: Desk, tmp_path: Path) -> None:
    with open_desk(desk.store.path) as other:

        def meanwhile(done: int, expected: int) -> None:
            add(other, f"Person {done}")

        take(desk, written(tmp_path, "vcard"), dry_run=True, progress=meanwhile)
        assert other.reading.contacts().total == 1
        assert [one.verb for one in other.keeping.history()] == ["add"]


def test_recommendations_are_references_and_old_ones_ask_for_nothing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(linkedin())
    take(desk, path)
    ana, _, other = (desk.reading.card(number) for number in (1, 2, 3))
    assert [(one.direction, one.kind, one.state) for one in ana.favors] == [
        ("given", "reference", FavorState.DONE),
        ("received", "reference", FavorState.TOLD),
    ]
    assert (ana.gave, ana.received, ana.loops) == (1, 1, ())
    assert [(one.kind, one.contact_id) for one in other.loops] == [("thanks", 3)]
    assert ana.contact.met_on is not None
    assert ana.contact.met_on.isoformat() == "2024-03-12"


def test_favors_told_of_later_reach_who_is_known_and_only_once(desk: Desk, tmp_path: Path) -> None:
    connections = tmp_path / "Connections.csv"
    path = written(tmp_path, "linkedin")
    from tests.interchange.samples import CONNECTIONS, RECEIVED

    connections.write_text(CONNECTIONS)
    take(desk, connections)
    (tmp_path / "Recommendations_Received.csv").write_text(RECEIVED)
    dry = take(desk, connections, dry_run=True)
    assert counts(dry) == counts(take(desk, connections)) == (0, 2, 1)
    assert counts(take(desk, path)) == (0, 2, 1)
    ana = desk.reading.card(1)
    assert (ana.gave, ana.received) == (1, 1)


def test_a_rhythm_and_more_come_along_and_what_is_set_already_stays(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "monica.json"
    path.write_bytes(monica())
    first = add(desk, "Ana Lee", emails=("ana@x.example",), cadence="2w")
    take(desk, path)
    ana, tom = desk.reading.card(first).contact, desk.reading.card(2).contact
    assert (ana.cadence, set(ana.circles)) == ("2w", {"work", "climbing"})
    assert tom.status is Status.DECEASED
    desk.keeping.undo()
    desk.people.set_cadence([first], "inherit")
    take(desk, path)
    assert desk.reading.card(first).contact.cadence == "30d"
    assert desk.reading.why(first).cadence_from == "own"


def test_a_rhythm_nobody_understands_is_named(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Name,Frequency\nAna Lee,every blue moon\nTom Ray,every 3 weeks\n")
    report = take(desk, path)
    assert len(report.remarks) == 1
    assert "every blue moon" in report.remarks[0]
    assert [desk.reading.card(one).contact.cadence for one in (1, 2)] == [None, "3w"]


def test_our_own_table_brings_people_back_as_they_are(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "planner")
    take(desk, path)
    ana, tom = (desk.reading.card(number).contact for number in (1, 2))
    assert (ana.uid, ana.cadence, ana.looking_for) == ("0123456789abcdef0123456789abcdef", "4w/6w", "a flat")
    assert set(ana.circles) == {"work", "a, b"}
    assert [cell.label for cell in ana.emails] == ["work"]
    assert (str(tom.mode), str(tom.status)) == ("never", "archived")


def test_of_several_files_one_that_cannot_be_read_costs_only_itself(desk: Desk, tmp_path: Path) -> None:
    good, other = written(tmp_path, "google"), tmp_path / "other.csv"
    other.write_text("Name,Email\nMia Sol,mia@x.example\n")
    (tmp_path / "picture.vcf").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    bad = [tmp_path / name for name in ("picture.vcf", "none.csv", "empty.csv", "broken.zip")]
    report = bring_in(desk.imports, [bad[0], good, *bad[1:], other]).report
    assert report.added == 4
    whole = [one for one in report.rejected if not one.line]
    assert sorted(Path(one.file).name for one in whole) == sorted(path.name for path in bad)
    assert all(Path(one.file).name in one.reason for one in whole)
    desk.keeping.undo()
    assert desk.reading.contacts("").total == 0
    with pytest.raises(Refused):
        bring_in(desk.imports, bad)
    with pytest.raises(Refused):
        bring_in(desk.imports, [bad[0]])
