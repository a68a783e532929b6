from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.config import find_setting
from newsreader.config.writing import saved_setting
from tests.ui.desk import desk

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_articles_are_written_to_files_and_folders_and_nothing_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with desk(tmp_path) as here:

        async def typed(line: str, answer: str) -> None:
            await here.press(":", *line, "enter")
            await here.until(lambda: answer in " ".join(here.main.foot.plain.split()))

        await typed("export one.md", "1 article written to one.md.")
        assert (folder / "one.md").read_text(encoding="utf-8").startswith("---\ntitle: ")
        await typed("w one.md", "is there already, and is left alone.")
        await typed("w one.txt", "1 article written to one.txt.")
        text = (folder / "one.txt").read_text(encoding="utf-8")
        assert text.startswith(f"{here.titles[0]}\nThe Coast Gazette · Ines Almada · https://")
        assert "A second, electric boat" in text
        await typed("w one.html", "1 article written to one.html.")
        assert "<h1>" in (folder / "one.html").read_text(encoding="utf-8")
        await typed("w one.pdf", "A file for articles ends with .md, .txt or .html")
        await here.press("3", "x")
        await typed("w three.html", "A page holds one article.")
        await typed("w three.md", "3 articles written to three.md.")
        assert (folder / "three.md").read_text(encoding="utf-8").count("\nsource: ") == 3
        await typed("w many/", "3 articles written to many/.")
        assert len(list((folder / "many").iterdir())) == 3
        (tmp_path / "file").touch()
        await typed(f"w {tmp_path}/file/x.md", "cannot be written")


async def test_a_document_of_an_older_builder_is_built_anew_first(tmp_path: Path) -> None:
    from newsreader.store import Store

    async with desk(tmp_path) as here:
        with Store.open(here.path) as store:
            store._db.run("UPDATE feed_loose SET version = 0")
        await here.press(":", *f"w {tmp_path}/old.html", "enter")
        await here.until(lambda: here.worker.asked("document"))


async def test_settings_are_typed_and_completed(tmp_path: Path) -> None:
    async with desk(tmp_path) as here:
        paths = here.main.config.paths
        await here.press(":", *"set measure=80", "enter")
        await here.until(lambda: saved_setting(paths, "reader.measure") == 80)
        assert here.main.reader.measure == 80
        await here.press(":", *"set hist", "tab", *" ", "tab", "tab")
        assert here.main.foot.find_line.value == ":set screen.history off"
        await here.press("enter")
        await here.until(lambda: not here.main.config.history)
        await here.until(lambda: not paths.history.exists())
        await here.press(":", *"set measre 80", "enter")
        await here.until(lambda: "There is no setting measre. Did you mean measure?" in " ".join(here.text.split()))
        await here.press("escape", ":", *"set measure", "enter")
        await here.until(lambda: find_setting("measure").help in " ".join(here.main.foot.plain.split()))
