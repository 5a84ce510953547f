"""What is promised of data, each with the tests that show it; `python -m tests.trust` runs them and prints a table."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Promise(NamedTuple):
    """One promise: its name, what is promised, its tests, those run by hand, and where its bar is measured."""

    name: str
    what: str
    tests: tuple[str, ...]
    long: tuple[str, ...] = ()
    bench: tuple[str, ...] = ()


def _t(file: str, *names: str) -> tuple[str, ...]:
    return tuple(f"tests/{file}.py::{name}" for name in names)


PROMISES = (
    Promise("R1", "killed at any moment: nothing acknowledged is lost",
            _t("trust/test_store_kill", "test_no_acknowledged_change_is_lost_in_200_kills")
            + _t("trust/test_encrypted", "test_no_acknowledged_change_is_lost_in_an_encrypted_planner"),
            _t("trust/test_store_kill", "test_no_acknowledged_change_is_lost_in_2000_kills")),
    Promise("R2", "power loss: nothing acknowledged is lost, nothing is corrupt; a control without syncs fails",
            _t("trust/test_power_loss", "test_no_acknowledged_change_is_lost_when_the_power_fails"),
            _t("trust/test_power_loss", "test_no_acknowledged_change_is_lost_in_5000_power_cuts")),
    Promise("R3", "brought up to date and killed at any statement: the old schema or the new one",
            _t("store/test_migrations", "test_killed_at_every_statement_the_schema_is_old_or_new",
               "test_a_step_that_fails_ten_times_makes_one_copy_and_says_what_to_do")),
    Promise("R4", "a full disk, a file or folder to be read only: said rightly, reading goes on",
            _t("trust/test_store_full", "test_a_write_that_runs_into_a_quota_anywhere_leaves_what_was",
               "test_what_may_only_be_read_is_read_and_says_so")),
    Promise("R5", "three sessions in any order: no update is lost, the conflict is shown",
            _t("trust/test_store_sessions", "test_no_update_is_lost_between_three_sessions"),
            _t("trust/test_store_sessions", "test_no_update_is_lost_in_a_thousand_schedules")),
    Promise("R6", "32 sessions write: none is locked out",
            _t("trust/test_store_sessions", "test_thirty_two_sessions_write_at_once_and_none_is_locked_out"),
            bench=_t("bench/test_waiting", "test_writes_among_thirty_two_sessions")),
    Promise("R7", "another session's change is shown without a key",
            _t("trust/test_real_terminal", "test_another_sessions_change_is_shown_without_a_key"),
            bench=_t("bench/test_waiting", "test_another_sessions_change_is_shown_at_the_next_look")),
    Promise("R8", "another program holds the lock: keys are answered, and a change is saved once or not at all",
            _t("trust/test_waiting", "test_keys_are_answered_while_another_program_writes",
               "test_what_was_not_saved_for_another_session_is_not_saved_later"),
            bench=_t("bench/test_waiting", "test_keys_are_as_quick_while_another_program_writes")),
    Promise("R9", "a file replaced, cut, damaged, foreign, newer, or none: a plain line, nothing written",
            _t("trust/test_store_files", "test_what_is_no_healthy_planner_database_is_refused_untouched",
               "test_what_happens_to_the_file_while_it_is_open_is_noticed_before_a_write")
            + _t("trust/test_damage", "test_no_write_meets_an_overwritten_page",
                 "test_a_row_that_no_planner_wrote_is_named_and_stops_no_command_without_a_word",
                 "test_salvage_invents_nothing_and_names_what_it_could_not_read")
            + _t("trust/test_odd_paths", "test_what_is_no_file_is_refused_in_words_wherever_a_file_is_named")),
    Promise("R10", "backups are made, thinned, checked, and each one comes back as it was",
            _t("store/test_backup", "test_each_of_many_backups_comes_back_as_it_was",
               "test_a_year_of_daily_backups_is_thinned_to_days_weeks_and_months")
            + _t("trust/test_copies", "test_every_file_of_the_folder_is_named_for_what_it_is")),
    Promise("R11", "any sequence of changes is undone and redone, after a restart too",
            _t("store/test_journal", "test_a_hundred_and_twenty_verbs_are_undone_after_a_restart",
               "test_any_sequence_of_verbs_is_undone_and_redone_to_the_equal_state"),
            _t("desk/test_any_sequence", "test_any_long_sequence_of_commands")),
    Promise("R12", "signals and dead terminals: it leaves, what was typed is kept, the terminal is as it was",
            _t("trust/test_terminal_signals", "test_a_dead_terminal_is_left_without_spinning",
               "test_suspended_and_brought_back_it_shows_what_it_showed")
            + _t("trust/test_terminal_gone", "test_it_leaves_and_keeps_what_was_typed"),
            bench=_t("bench/test_waiting", "test_a_signal_or_a_dead_terminal_ends_it_as_soon_as_q")),
    Promise("R13", "any terminal, locale and size: no fault, columns stay straight",
            _t("trust/test_real_terminal", "test_it_opens_in_many_terminals_and_locales")
            + _t("trust/test_terminal_sizes", "test_sixty_sizes_in_all_places")
            + _t("trust/test_terminal_hostile", "test_columns_stand_straight_whatever_the_names"),
            _t("trust/test_terminal_sizes", "test_five_hundred_sizes_in_each_place")),
    Promise("R14", "time zones, clock changes, a clock set back: no day is skipped or doubled",
            _t("core/dates/test_civil", "test_no_civil_day_is_skipped_or_comes_back_through_a_year_of_clock_changes")
            + _t("desk/test_clock_set_back", "test_filters_counts_and_the_agenda_agree_on_any_day")),
    Promise("S1", "escape sequences in any text: none reaches the terminal",
            _t("cli/test_every_command", "test_every_command_is_harmless_and_its_files_are_private")
            + _t("trust/test_terminal_hostile", "test_every_place_and_dialog_shows_them_literally")),
    Promise("S2", "markup in any text is shown as it stands and does nothing",
            _t("trust/test_every_place", "test_every_place_and_dialog_is_harmless"),
            _t("trust/test_every_place", "test_every_place_and_dialog_is_harmless_at_any_size")),
    Promise("S3", "hostile files are read in bounds or refused, and end nothing",
            _t("interchange/test_hostile", "test_arbitrary_bytes_as_a_file", "test_lines_made_to_take_long",
               "test_deep_nesting", "test_a_photo_bomb_costs_nothing")),
    Promise("S4", "everything made is for its owner alone, whatever the umask",
            _t("trust/test_private_screen", "test_all_that_a_session_makes_is_private_under_umask_000")),
    Promise("S5", "logs and faults name nobody",
            _t("trust/test_canary", "test_a_command_that_fails_names_nobody",
               "test_a_screen_that_fails_names_nobody_in_log_or_terminal")),
    Promise("S6", "no network",
            _t("trust/test_real_terminal", "test_no_command_and_no_screen_opens_a_connection")
            + _t("evidence/test_no_connection",
                 "test_reading_asks_the_kernel_for_no_connection_and_changes_no_source")),
    Promise("S7", "a person forgotten leaves no byte, under any name they ever had",
            _t("trust/test_forget_everywhere", "test_no_byte_is_left_of_someone_who_is_everywhere",
               "test_a_person_renamed_twice_is_forgotten_under_every_name_and_in_every_copy",
               "test_copies_are_rewritten_and_surnames_taken_out_where_the_person_asks_for_it")
            + _t("trust/test_forget_exports",
                 "test_exports_are_rewritten_without_somebody_and_what_is_left_is_named")),
)  # fmt: skip
"""Every promise, in the order of the table."""
