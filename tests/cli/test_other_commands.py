from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from newsreader import __version__
from newsreader.cli import EXIT_BUG, EXIT_FAILED, main
from newsreader.cli.context import Context
from newsreader.cli.reader import claim_window
from newsreader.config import Paths
from newsreader.errors import LibraryError
from newsreader.store import Store
from tests.cli.conftest import Shell


def test_the_reader_needs_a_terminal(shell: Shell) -> None:
    assert "real terminal" in shell(status=2)
    assert "real terminal" in shell("--demo", status=2)


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for option, words in (("--version", __version__), ("--help", "examples:")):
        with pytest.raises(SystemExit) as end:
            main([option])
        assert end.value.code == 0
        assert words in capsys.readouterr().out


class _NobodyReads(io.StringIO):
    def flush(self) -> None:
        raise BrokenPipeError


def test_help_that_nobody_reads_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    nowhere = _NobodyReads()
    with (tmp_path / "taken").open("w") as file:
        monkeypatch.setattr(nowhere, "fileno", file.fileno)
        monkeypatch.setattr(sys, "stdout", nowhere)
        assert main(["--help"]) == 0


def test_streams_that_were_closed_at_the_start_lead_nowhere(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "newsreader", "--home", str(tmp_path)]
    for closed in ("<&-", ">&-", "<&- >&- 2>&-"):
        shell = ["sh", "-c", f'exec "$@" {closed}', "sh", *command, "list"]
        done = subprocess.run(shell, capture_output=True, text=True, check=False)
        assert (done.returncode, "unexpected" in done.stderr) == (0, False), closed


def test_an_output_that_takes_no_more_is_said_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "newsreader", "--home", str(tmp_path / "home")]
    sealed = tmp_path / "sealed"
    sealed.touch()
    taken = [(Path("/dev/full"), os.O_WRONLY, "No space left on device")] if Path("/dev/full").exists() else []
    for path, mode, why in (*taken, (sealed, os.O_RDONLY, "Bad file descriptor")):
        for arguments, unbuffered in (("config --example", ""), ("--help", ""), ("--help", "1")):
            output = os.open(path, mode)
            done = subprocess.run(
                [*command, *arguments.split()], stdout=output, stderr=subprocess.PIPE, text=True, check=False,
                env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            )  # fmt: skip
            os.close(output)
            said = f"newsreader: the system refused: {why}.\n"
            assert (done.returncode, done.stderr) == (1, said), (path, arguments, unbuffered)


_INTERRUPTED = """
import sys

class Finder:
    def find_spec(self, name, path, target=None):
        if name == "newsreader.errors":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Finder())
from newsreader.cli import main
sys.exit(main(["list"]))
"""


def test_an_interruption_while_the_program_is_read_ends_it_without_a_word() -> None:
    done = subprocess.run([sys.executable, "-c", _INTERRUPTED], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.fixture
def zone_back() -> Iterator[None]:
    before = os.environ.get("TZ")
    yield
    os.environ.pop("TZ", None) if before is None else os.environ.update(TZ=before)
    time.tzset()


def test_a_time_zone_that_no_place_has_is_utc(
    furnished: Shell, monkeypatch: pytest.MonkeyPatch, zone_back: None
) -> None:
    monkeypatch.setenv("TZ", "X-99")
    time.tzset()
    assert "23 November 2026" in furnished("digest", "--since", "7d")
    assert time.localtime().tm_gmtoff == 0


def test_a_home_of_somebody_who_is_nobody_is_a_folder_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--home", "~nobody-of-that-name/x", "config", "--path"]) == 0
    assert capsys.readouterr().out.startswith(str(tmp_path / "~nobody-of-that-name"))


def test_the_home_may_stand_after_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "--path", "--home", str(tmp_path)]) == 0
    assert capsys.readouterr().out.strip() == str(Paths.under(tmp_path).config_file)


def test_the_example_configuration_is_valid(shell: Shell) -> None:
    paths = Paths.under(shell.home)
    paths.config.mkdir(parents=True)
    paths.config_file.write_text(shell("config", "--example"))
    assert tomllib.loads(paths.config_file.read_text())
    assert "Nothing is wrong." in shell("doctor")


def test_the_doctor_is_content_with_a_fresh_and_a_used_home(furnished: Shell, shell: Shell) -> None:
    printed = furnished("doctor")
    assert __version__ in printed
    assert "3 articles" in printed
    assert str(Paths.under(furnished.home).library) in printed
    assert "Nothing is wrong." in printed


def test_the_doctor_names_a_mistake_in_the_configuration(shell: Shell) -> None:
    paths = Paths.under(shell.home)
    paths.config.mkdir(parents=True)
    paths.config_file.write_text("[reader]\nmeasur = 70\n")
    assert "Did you mean measure?" in shell("doctor", status=EXIT_FAILED)


def test_the_doctor_names_a_mistake_in_a_theme(shell: Shell) -> None:
    paths = Paths.under(shell.home)
    themes = paths.themes
    themes.mkdir(parents=True)
    paths.config_file.write_text('[screen]\ntheme = "mine"\n', encoding="utf-8")
    (themes / "mine.toml").write_text(shell("config", "--example-theme"), encoding="utf-8")
    assert "Nothing is wrong." in shell("doctor")
    (themes / "mine.toml").write_text('acent = "#ffffff"\n', encoding="utf-8")
    assert "themes/mine.toml, line 1: there is no colour acent. Did you mean accent?" in shell(
        "doctor", status=EXIT_FAILED
    )
    paths.config_file.write_text('[screen]\ntheme = "nrod"\n', encoding="utf-8")
    assert "line 2: there is no theme nrod. Did you mean nord?" in shell("doctor", status=EXIT_FAILED)


def test_the_doctor_names_a_mistake_in_the_keys(shell: Shell) -> None:
    paths = Paths.under(shell.home)
    paths.config.mkdir(parents=True)
    paths.config_file.write_text('[keys]\ndonw = "j"\nopen = "ctrl+q"\n')
    said = shell("doctor", status=EXIT_FAILED)
    assert "donw" in said
    assert "ctrl+q" in said


def test_a_home_without_a_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", "", "config", "--path"]) == 2
    assert "needs the name of a folder" in capsys.readouterr().err


def test_a_window_is_claimed_by_one_reader_and_refused_to_none(shell: Shell) -> None:
    context = Context.create(str(shell.home))
    with ExitStack() as one, ExitStack() as two:
        assert claim_window(one, context) == "window-1"
        assert claim_window(two, context) == "window-2"
    with ExitStack() as again:
        assert claim_window(again, context) == "window-1"
    (shell.home / "state").rename(shell.home / "gone")
    (shell.home / "state").write_text("a file where the folder should be")
    with ExitStack() as nowhere:
        assert claim_window(nowhere, context).startswith("window-")


def test_a_library_that_cannot_be_opened_is_a_sentence(shell: Shell) -> None:
    Paths.under(shell.home).library.mkdir(parents=True)
    said = shell("list", status=2)
    assert said.startswith("newsreader: ")
    assert len(said.splitlines()) == 1
    assert "Nothing is wrong" not in shell("doctor", status=EXIT_FAILED)


def test_a_damaged_library_is_begun_anew_and_that_is_said_once(
    furnished: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    furnished("import", str(_opml(furnished.home)))
    library = Paths.under(furnished.home).library
    for path in library.parent.glob("library.db-*"):
        path.unlink()
    library.write_bytes(b"SQLite format 3\x00" + b"\xff" * 8_192)
    assert main(["--home", str(furnished.home), "list"]) == 0
    said = capsys.readouterr().err
    assert "damaged" in said
    assert ".corrupt-" in said
    assert len(furnished.json("sources")) == 4
    assert main(["--home", str(furnished.home), "sources"]) == 0
    assert "damaged" not in capsys.readouterr().err


def _opml(folder: Path) -> Path:
    path = folder / "one.opml"
    path.write_text('<opml version="2.0"><head/><body><outline xmlUrl="https://third.example/feed"/></body></opml>')
    return path


def test_a_mistake_of_ours_is_a_sentence_and_a_traceback_in_the_log(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Store:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(Store, "open", fail)
    said = shell("list", status=EXIT_BUG)
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said
    assert "ZeroDivisionError: a bug" in Paths.under(shell.home).log.read_text()


def test_a_library_error_is_its_phrase(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Store:
        raise LibraryError("The disk is full.", "SQLITE_FULL")

    monkeypatch.setattr(Store, "open", fail)
    assert shell("list", status=2) == "newsreader: The disk is full.\n"
    assert "SQLITE_FULL" in Paths.under(shell.home).log.read_text()
