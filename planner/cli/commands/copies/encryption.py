"""Commands that encrypt a planner, and decrypt it again."""

from __future__ import annotations

import click

from planner.cli.options import as_json, pass_session
from planner.cli.output import answer, say, tell
from planner.cli.session import Session
from planner.desk.keeping import Encrypted

copies_too = click.option("--copies", is_flag=True, help="The backups and other copies too.")


@click.command("encrypt")
@click.option("--keep", is_flag=True, help="Keep a copy that is not encrypted, as a backup.")
@copies_too
@as_json
@pass_session
def encrypt_command(session: Session, keep: bool, copies: bool, as_json: bool) -> None:
    """The passphrase is typed twice, or printed by the passphrase_command of the configuration.

    Whoever loses it loses the planner and its encrypted backups: nobody can bring them back. A new file is written and
    checked first, then it takes the place of the old one at once. Copies that are not encrypted are named. Exports,
    unfinished texts and the configuration are not encrypted.
    """
    # Help and completion ask nobody.
    from planner.cli.passphrase import new_passphrase

    keeping = session.desk.keeping
    say("Whoever loses the passphrase loses the planner: nobody can bring it back without it")
    passphrase = new_passphrase(session.config.passphrase_command)
    _say(keeping.encrypt(passphrase, keep=keep, copies=copies), as_json, "Not encrypted")


@click.command("decrypt")
@click.option("--keep", is_flag=True, help="Keep an encrypted copy, as a backup.")
@copies_too
@as_json
@pass_session
def decrypt_command(session: Session, keep: bool, copies: bool, as_json: bool) -> None:
    """A new file is written and checked first, then it takes the place of the encrypted one at once.

    Copies that stay encrypted are named: they need the passphrase as before.
    """
    _say(session.desk.keeping.decrypt(keep=keep, copies=copies), as_json, "Still encrypted")


def _say(done: Encrypted, as_json: bool, how: str) -> None:
    kept = str(done.kept) if done.kept is not None else None
    answer(done, as_json, kept=kept, left=[str(path) for path in done.left])
    for path in done.left if not as_json else ():
        tell(f"{how}: {path}")
