from __future__ import annotations

import os
import re
import stat
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example as sample
from hypothesis import given
from hypothesis import strategies as st

from newsreader.config import SETTINGS, Config, Files, Paths, Setting, find_setting, load
from newsreader.config.lines import setting_line
from newsreader.config.writing import example, save_setting, saved_setting, write_whole
from newsreader.errors import ConfigError, UsageError


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
        ("[reader\n", ("line 1", "no TOML")),
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
    save_setting(paths, "screen.theme", "dracula")
    save_setting(paths, "reader.measure", 80)
    assert (load(paths).theme, load(paths).measure) == ("dracula", 80)
    config = configured(paths, '[screen]\ntheme = "nord"\n')
    assert (config.theme, config.measure) == ("nord", 80)


def test_the_persons_file_is_never_written(paths: Paths) -> None:
    configured(paths, "# mine\n")
    save_setting(paths, "screen.theme", "dracula")
    assert paths.config_file.read_text() == "# mine\n"


def test_a_broken_settings_file_is_begun_anew(paths: Paths) -> None:
    paths.config.mkdir(parents=True)
    paths.settings_file.write_text("[[[")
    save_setting(paths, "reader.measure", 70)
    assert load(paths).measure == 70


def test_a_setting_that_cannot_be_kept_is_said(paths: Paths) -> None:
    paths.config.parent.mkdir(parents=True, exist_ok=True)
    paths.config.write_text("a file where the folder should be")
    with pytest.raises(ConfigError, match="could not be kept"):
        save_setting(paths, "reader.measure", 70)


def test_the_example_is_valid_and_changes_nothing(paths: Paths) -> None:
    text = example({"article.bookmark": "s"})
    assert tomllib.loads(text) == {
        "screen": {},
        "list": {},
        "reader": {},
        "refresh": {},
        "browser": {},
        "copy": {},
        "notify": {},
        "retention": {},
        "ai": {},
        "keys": {},
        "macros": {},
        "enclosures": {},
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
    assert setting_line(paths, "keys", "article.bookmark") == 5
    assert setting_line(paths, "keys", "article.read") == 0


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "folder" / "file"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in target.parent.iterdir()] == ["file"]
    assert stat.S_IMODE(target.stat().st_mode) & 0o077 == 0


def test_a_key_of_very_many_parts_is_a_sentence_at_once(paths: Paths) -> None:
    for part in ("a.", "a . ", '"a".', "'a'."):
        configured(paths, f"[screen]\nmouse = true\n{part * 20_000}a = 1\n")
        (problem,) = load(paths).problems
        assert "line 3: a key in it has more parts than any setting" in problem


def test_thousands_of_mistakes_are_told_in_a_moment(paths: Paths) -> None:
    names = "".join(f"theme_{number} = 1\n" for number in range(3_000))
    begun = time.process_time()
    problems = configured(paths, f"[screen]\n{names}[keys]\n{names}").problems
    assert problems[0].endswith("Did you mean theme?")
    assert problems[2_999].startswith("config.toml, line 3001: there is no setting theme_2999.")
    assert len(problems) == 6_000
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to(os.devnull)])
def test_what_is_no_file_is_a_sentence_and_holds_up_nothing(paths: Paths, make: Callable[[Path], None]) -> None:
    paths.config.mkdir(parents=True, exist_ok=True)
    for path in (paths.config_file, paths.settings_file):
        make(path)
    config = load(paths)
    assert [problem.split(" cannot be read")[0] for problem in config.problems] == ["settings.toml", "config.toml"]
    assert setting_line(paths, "screen", "theme") == 0
    assert saved_setting(paths, "screen.theme") is None


def test_a_link_goes_on_leading_to_its_file(tmp_path: Path) -> None:
    link, kept = tmp_path / "settings.toml", tmp_path / "elsewhere" / "kept.toml"
    link.symlink_to(kept)
    for content in (b"one", b"two"):
        write_whole(link, content)
        assert link.is_symlink()
        assert kept.read_bytes() == content


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="No such device"):
        write_whole(pipe, b"nobody reads")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, iter([b"one", b" two"]))
    assert os.read(reader, 100) == b"one two"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_every_row_of_the_table_is_whole() -> None:
    tables = [setting.table for setting in SETTINGS]
    assert len({setting.name for setting in SETTINGS}) == len({setting.field for setting in SETTINGS}) == len(SETTINGS)
    assert tables == sorted(tables, key=tables.index), "those of one table stand together"
    for setting in SETTINGS:
        assert setting.key
        assert setting.label
        assert 10 < len(setting.help) <= 104, "one line, and two in sixty columns"
        assert setting.must_be()
        assert setting.default is None or setting.accepts(setting.default)
        assert setting.default is not None or setting.accepts(setting.example)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_what_is_shown_of_a_setting_can_be_entered_again(setting: Setting) -> None:
    for value in {setting.default, setting.example or setting.default, *setting.choices}:
        assert setting.read(setting.show(value)) == value


def test_a_setting_is_entered_in_words() -> None:
    assert find_setting("mouse").read("off") is False
    assert find_setting("reader.measure").read(" 64 ") == 64
    assert find_setting("browser.command").read("none") is None
    assert find_setting("keep").read("90d 500") == "90d 500"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("measure", "7", "40 to 120"),
        ("measure", "9" * 5_000, "40 to 120"),
        ("mouse", "maybe", "on or off"),
        ("keep", "a while", "90d"),
    ],
)
def test_what_a_setting_cannot_be_is_refused_in_words(name: str, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        find_setting(name).read(text)


@pytest.mark.parametrize(
    ("quiet", "silent", "loud"),
    [
        ("23:00-07:00", (0, 23 * 60, 6 * 60 + 59), (7 * 60, 12 * 60, 23 * 60 - 1)),
        ("9-17", (9 * 60, 16 * 60 + 59), (0, 17 * 60, 8 * 60 + 59)),
        ("22:30 - 24:00", (22 * 60 + 30, 24 * 60 - 1), (0, 22 * 60)),
        (None, (), (0, 12 * 60)),
    ],
)
def test_quiet_hours_are_those_of_the_day(
    paths: Paths, quiet: str | None, silent: tuple[int, ...], loud: tuple[int, ...]
) -> None:
    config = Config(paths, quiet=quiet)
    assert all(config.is_quiet(minute) for minute in silent)
    assert not any(config.is_quiet(minute) for minute in loud)


@pytest.mark.parametrize("text", ["23", "23:00", "25-7", "7-7", "23:60-7:00", "24:30-7", "a-b", "", "9-17 or so"])
def test_what_is_no_span_of_hours_is_refused(paths: Paths, text: str) -> None:
    config = configured(paths, f'[refresh]\nquiet = "{text}"\n')
    assert "line 2: refresh.quiet must be hours as 23:00-07:00" in config.problems[0]
    assert config.quiet is None


def test_the_interval_is_given_in_seconds(paths: Paths) -> None:
    (choices,) = (setting.choices for setting in SETTINGS if setting.name == "refresh.interval")
    seconds = [Config(paths, interval=choice).seconds for choice in choices]
    assert seconds[0] is None
    assert seconds[-1] is None
    assert seconds[1:-1] == [900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400]


def test_a_setting_is_found_by_its_key_where_that_is_clear() -> None:
    assert find_setting("theme").name == find_setting("screen.theme").name == "screen.theme"
    with pytest.raises(UsageError, match=r"notify\.command or browser\.command or copy\.command"):
        find_setting("command")
    with pytest.raises(UsageError, match=r"Did you mean measure\?"):
        find_setting("mesure")


def test_a_setting_can_be_forgotten_again(paths: Paths) -> None:
    save_setting(paths, "reader.measure", 80)
    save_setting(paths, "screen.theme", "nord")
    assert saved_setting(paths, "reader.measure") == 80
    save_setting(paths, "reader.measure", None)
    assert saved_setting(paths, "reader.measure") is None
    assert (load(paths).measure, load(paths).theme) == (76, "nord")


def test_a_broken_file_keeps_what_it_said_last(paths: Paths) -> None:
    files = Files(paths)
    configured(paths, "[reader]\nmeasure = 64\n")
    assert files.load().measure == 64
    configured(paths, "[reader]\nmeasure = 64\n[screen\n")
    save_setting(paths, "screen.theme", "nord")
    config = files.load()
    assert (config.measure, config.theme) == (64, "nord")
    assert config.problems[0].startswith("config.toml, line 3: ")
    assert config.problems[0].endswith("What it said before still counts.")
    paths.config_file.unlink()
    assert files.load() == Config(paths, theme="nord")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[reader]\nmeasure = """\n[reader]\nmeasur = 3\n"""\nmeasur = 3\n', 2),
        ('\n[reader]\n"me\\u0061sure" = 7\n', 3),
        ("\n\nreader.measure = 7\n", 3),
        ("# nothing\nreader = {measure = 7}\n", 2),
        ("[keys]\na = [\n1,\n2]\nb = 1\n", 2),
        ("reader = 3\n", 1),
        ("[[reader]]\n[[screen]]\n", 1),
        ("\ufeff[reader]\r\nmeasure = 7\r\n", 2),
        ("[reader]\n\nmeasure = " + "1" * 5_000, 3),
        ("[reader]\nmeasure = 70\nmeasure = 71\n", 3),
        ("[reader]\n# a comment\nmeasure =", 3),
    ],
)
def test_the_first_mistake_is_on_this_line(paths: Paths, text: str, line: int) -> None:
    assert f"config.toml, line {line}: " in configured(paths, text).problems[0]


_LINES = st.lists(
    st.sampled_from(
        [b"[reader]", b"measure = 7", b"measure", b'"""', b"[keys]", b"x = [1,", b"\xff", b"\r", b"]", b"{", b"#"]
    )
    | st.binary(max_size=12)
).map(b"\n".join)


@given(content=st.binary() | _LINES)
@sample(content=b"\n\xff")
@sample(content=b"x = " + b"[" * 5_000)
@sample(content=b"[" * 300_000)
def test_any_bytes_raise_nothing_and_every_mistake_has_its_line(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as home:
        paths = Paths.under(Path(home))
        paths.config.mkdir()
        paths.config_file.write_bytes(content)
        lines = content.count(b"\n") + content.count(b"\r") + 1
        for problem in load(paths).problems:
            named = re.match(r"config\.toml, line (\d+): ", problem)
            assert named
            assert 1 <= int(named[1]) <= lines


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('base_url = "localhost:11434"', "ai.base_url must be an http or https address without a password"),
        ('base_url = "http://sk-secret@host/v1"', "ai.base_url must be"),
        ('base_url = "http://host/v1?key=sk-secret"', "ai.base_url must be"),
        ('key = "sk-secret"', "ai.key must be where the key is, and not the key: env:NAME"),
        ('key = "env:"', "ai.key must be"),
        ('key = "env:sk-secret"', "ai.key must be"),
        ('key = "command:"', "ai.key must be"),
        ("model = 7", "ai.model must be the name of a model"),
        ("timeout = 1", "ai.timeout must be a whole number from 5 to 900"),
        ("max_characters = 0", "ai.max_characters must be a whole number from 2000 to 400000"),
        ('api_key = "sk-secret"', "there is no setting api_key."),
    ],
)
def test_mistakes_about_the_language_model_have_their_line_and_tell_no_key(
    paths: Paths, line: str, problem: str
) -> None:
    (said,) = configured(paths, f"[ai]\n{line}\n").problems
    assert said.startswith(f"config.toml, line 2: {problem}")
    assert "secret" not in said


def test_a_language_model_is_set_by_an_address_and_a_name_and_there_is_none_without(paths: Paths) -> None:
    assert load(paths).ai_url is None
    lines = (
        'base_url = "https://models.example/v1"',
        'model = "tern"',
        'key = "command:pass show tern"',
        "timeout = 30",
    )
    config = configured(paths, "\n".join(("[ai]", *lines)))
    assert (config.ai_url, config.ai_model, config.ai_timeout) == ("https://models.example/v1", "tern", 30)
    assert config.ai_key == "command:pass show tern"
    assert not config.problems
