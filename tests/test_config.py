from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest

from newsreader.config import Config, Paths, example, line_of, load, save_setting, write_whole
from newsreader.errors import ConfigError


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path)


def configured(paths: Paths, text: str) -> Config:
    paths.config.mkdir(parents=True, exist_ok=True)
    paths.config_file.write_text(text, encoding="utf-8")
    return load(paths)


def test_one_home_holds_all_four_folders(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path)
    for path in (paths.config_file, paths.settings_file, paths.mirror, paths.library, paths.log, paths.schedule_lock):
        assert tmp_path in path.parents
        assert not path.exists()


def test_the_home_option_wins_over_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSREADER_HOME", str(tmp_path / "variable"))
    assert Paths.find(None) == Paths.under(tmp_path / "variable")
    assert Paths.find(str(tmp_path / "option")) == Paths.under(tmp_path / "option")


def test_without_a_home_the_platform_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSREADER_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    assert tmp_path in Paths.find(None).config.parents


def test_no_file_means_defaults_and_no_complaint(paths: Paths) -> None:
    assert load(paths) == Config(paths)


def test_what_the_person_set_is_taken(paths: Paths) -> None:
    config = configured(
        paths,
        '[screen]\ntheme = "nord"\nmouse = false\n[reader]\nmeasure = 64\n[browser]\ncommand = "w3m"\n'
        '[copy]\ncommand = "xclip"\n[keys]\n"article.bookmark" = "b"\n',
    )
    assert config.problems == ()
    assert (config.theme, config.mouse, config.measure) == ("nord", False, 64)
    assert (config.browser, config.copy_command) == ("w3m", "xclip")
    assert config.keys == {"article.bookmark": "b"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[reader]\nmeasur = 70\n", ("line 2", "measur", "Did you mean measure?")),
        ("[reader]\n\nmeasure = 7\n", ("line 3", "reader.measure", "40 to 120")),
        ("[reader]\nmeasure = true\n", ("line 2", "whole number")),
        ('[screen]\nmouse = "yes"\n', ("line 2", "true or false")),
        ("[raeder]\nmeasure = 70\n", ("line 1", "raeder", "Did you mean reader?")),
        ("measure = 70\n", ("measure", "[reader]")),
        ("[keys]\nx = 3\n", ("line 2", "keys.x", "in quotes")),
        ("[reader\n", ("not valid TOML", "line 1")),
        ('[browser]\ncommand = "a\\u001b]52;c;x"\n', ("line 2", "browser.command")),
    ],
)
def test_a_mistake_is_named_with_its_line_and_costs_only_itself(
    paths: Paths, text: str, words: tuple[str, ...]
) -> None:
    config = configured(paths, text)
    assert len(config.problems) == 1
    assert paths.config_file.name in config.problems[0]
    for word in words:
        assert word in config.problems[0]
    assert (config.measure, config.mouse, config.browser) == (76, True, None)


def test_a_mistake_beside_good_lines_costs_only_itself(paths: Paths) -> None:
    config = configured(paths, '[reader]\nmeasur = 70\n[screen]\ntheme = "nord"\n')
    assert config.theme == "nord"
    assert len(config.problems) == 1


def test_bytes_that_are_no_text_are_said(paths: Paths) -> None:
    paths.config.mkdir(parents=True)
    paths.config_file.write_bytes(b"[reader]\nmeasure = 70 # \xff\xfe")
    assert "UTF-8" in load(paths).problems[0]


def test_what_was_set_inside_gives_way_to_the_persons_file(paths: Paths) -> None:
    save_setting(paths, "screen", "theme", "dracula")
    save_setting(paths, "reader", "measure", 80)
    assert (load(paths).theme, load(paths).measure) == ("dracula", 80)
    config = configured(paths, '[screen]\ntheme = "nord"\n')
    assert (config.theme, config.measure) == ("nord", 80)


def test_the_persons_file_is_never_written(paths: Paths) -> None:
    configured(paths, "# mine\n")
    save_setting(paths, "screen", "theme", "dracula")
    assert paths.config_file.read_text() == "# mine\n"


def test_a_broken_settings_file_is_begun_anew(paths: Paths) -> None:
    paths.config.mkdir(parents=True)
    paths.settings_file.write_text("[[[")
    save_setting(paths, "reader", "measure", 70)
    assert load(paths).measure == 70


def test_a_setting_that_cannot_be_kept_is_said(paths: Paths) -> None:
    paths.config.parent.mkdir(parents=True, exist_ok=True)
    paths.config.write_text("a file where the folder should be")
    with pytest.raises(ConfigError, match="could not be kept"):
        save_setting(paths, "reader", "measure", 70)


def test_the_example_is_valid_and_changes_nothing(paths: Paths) -> None:
    text = example({"article.bookmark": "s"})
    assert tomllib.loads(text) == {
        "screen": {},
        "reader": {},
        "browser": {},
        "copy": {},
        "notify": {},
        "retention": {},
        "keys": {},
        "macros": {},
    }
    assert configured(paths, text) == Config(paths)


def test_every_line_of_the_example_can_be_switched_on(paths: Paths) -> None:
    lines = example({"article.bookmark": "s"}).splitlines()
    settings = [line.removeprefix("# ") if " = " in line else line for line in lines]
    config = configured(paths, "\n".join(line for line in settings if " = " in line or line.startswith("[")))
    assert config.problems == ()
    assert config.keys == {"article.bookmark": "s"}
    assert config.macros == {"a": "bookmark; later; next_unread"}


def test_the_line_of_a_key_is_found(paths: Paths) -> None:
    configured(paths, '[screen]\ntheme = "nord"\n\n[keys]\n"article.bookmark" = "b"\n')
    assert line_of(paths, "keys", "article.bookmark") == 5
    assert line_of(paths, "keys", "article.read") == 0


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "folder" / "file"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in target.parent.iterdir()] == ["file"]
    assert stat.S_IMODE(target.stat().st_mode) & 0o077 == 0
