"""The planner over a real SSH server on this machine, with keys made for the test."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cases import PATIENCE, Patience
from tests.trust.terminal import Terminal, environment, planner_program
from tests.trust.test_real_terminal import desk_at, fill

SERVER = shutil.which("sshd") or "/usr/sbin/sshd"


def needed(path: str, what: str) -> None:
    """Skip without a program, saying which; on the machine that checks everything it has to be there."""
    if Path(path).exists() or shutil.which(path):
        return
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is not installed")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[list[str]]:
    """A server on a free port; gives the words that start the client."""
    needed(SERVER, "the SSH server (openssh-server)")
    needed("ssh", "the SSH client (openssh-client)")
    with ssh_server(tmp_path / "ssh") as client:
        yield client


@contextmanager
def ssh_server(folder: Path) -> Iterator[list[str]]:
    """A server on a free port, with what belongs to it in a new folder; gives the words that start the client."""
    folder.mkdir(mode=0o700)
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    (folder / "authorized_keys").write_text((folder / "user.pub").read_text())
    (folder / "authorized_keys").chmod(0o600)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized_keys\n"
        f"PidFile {folder}/pid\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\n"
        "PermitUserEnvironment no\nAcceptEnv PLANNER_*\n"
    )
    # The server wants this folder, and makes it only where it is started as a service.
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    log = (folder / "log").open("wb")
    process = subprocess.Popen([SERVER, "-D", "-e", "-f", str(folder / "sshd_config")], stderr=log, stdout=log)
    try:
        patience = Patience()
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, (folder / "log").read_text()
            assert not patience.over, "the server never answered"
            time.sleep(0.02)
        yield [
            "ssh", "-tt", "-p", str(port), "-i", str(folder / "user"), "-o", "StrictHostKeyChecking=no",
            "-o", f"UserKnownHostsFile={folder}/known", "-o", "SendEnv=PLANNER_*", "-o", "Compression=yes",
            f"{getpass.getuser()}@127.0.0.1",
        ]  # fmt: skip
    finally:
        process.terminate()
        process.wait(PATIENCE)
        log.close()


def test_one_triage_over_ssh_is_in_the_database(server: list[str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    fill(home, ("Ana Silva", "Ben Okri"))
    with Terminal([*server, " ".join(planner_program())], environment(home)) as terminal:
        terminal.wait_for("Ben Okri")
        terminal.ask("x", wanted="Skipped Ana Silva")
        terminal.press("q")
        terminal.wait_end()
    with desk_at(home) as desk:
        assert desk.reading.why(desk.people.find("Ana Silva")).due.isoformat() == "2026-12-21"  # type: ignore[union-attr]
        assert desk.reading.why(desk.people.find("Ben Okri")).due.isoformat() == "2026-09-30"  # type: ignore[union-attr]


def test_a_forced_command_obeys_what_is_asked_and_reaches_nothing_else(server: list[str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    fill(home, ("Ana Silva", "Ben Okri"))
    keys = tmp_path / "ssh" / "authorized_keys"
    forced = f"PLANNER_KIOSK=1 PLANNER_HOME={home} {' '.join(planner_program())}"
    keys.write_text(f'command="{forced}",restrict,pty {(tmp_path / "ssh" / "user.pub").read_text()}')

    def ask(words: str) -> str:
        run = subprocess.run([*server, words], check=False, capture_output=True, text=True, env=environment(home))
        return run.stdout

    assert "Ben Okri" in ask("contacts")
    assert "unexpected extra arguments" in ask(f"show Ana; touch {home}/pwned")
    assert "There is no command" in ask(f"touch {home}/pwned")
    assert "Another database" in ask("agenda --db /etc/passwd")
    assert not (home / "pwned").exists()
    with Terminal([*server], environment(home)) as terminal:
        terminal.wait_for("Ben Okri")
        terminal.ask("2", wanted="2 people")
        terminal.ask("<", wanted="No other files")
        terminal.press("q")
        terminal.wait_end()
