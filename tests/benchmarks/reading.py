"""The reader view in a real terminal, and Textual's Markdown beside it: `python -m tests.benchmarks.reading [HTML…]`.

For each document: milliseconds from the key that opens it to its paint, from a page key to the last byte of the turned
page, and from another width of the window to the last byte of the page set anew, near its beginning and near its end.
Without files the documents are made up: of 4,000 and of 17,000 words, with headings, links, lists, code and a table.
The line "empty" is a Textual app that paints one word for a key: what the terminal and Textual cost at the least.
Figures of one run compare; those of different machines do not.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from random import Random

from newsreader.document.blocks import VERSION, Document, dump
from newsreader.document.build import build
from newsreader.document.render import plain_text, to_markdown
from newsreader.model import ArticleWrite, FetchState, Subscription
from newsreader.pages import clean
from newsreader.store import Store
from newsreader.text import word_count
from tests.benchmarks.keys import percentile
from tests.end_to_end.terminal import Terminal, environment

ROUNDS = 12
PAGES = 40
_COLUMNS, _ROWS = 110, 40
_SILENCE = 0.05  # seconds: then a paint is over
_PATIENCE = 15.0
_WORDS = (
    "the of and to in a harbour night ferry council minutes water which that was for it his with vote as tide had at "
    "by quay island not but from bridge timetable winter captain or have an they been lantern one who crossing were all"
).split()


def sample(words: int) -> str:
    """An article of about so many words, as HTML: always the same one."""
    chance = Random(words)
    parts: list[str] = []
    count = 0
    while count < words:
        kind = chance.random()
        sentence = [chance.choice(_WORDS) for _ in range(chance.randrange(60, 120))]
        for _ in range(chance.randrange(3)):
            place = chance.randrange(len(sentence))
            sentence[place] = f'<a href="https://example.org/{count}/{place}">{sentence[place]}</a>'
        text = " ".join(sentence)
        if kind < 0.08:
            parts.append(f"<h2>{' '.join(sentence[:5])}</h2>")
        elif kind < 0.14:
            parts.append(f"<ul>{''.join(f'<li>{text}</li>' for _ in range(2))}</ul>")
        elif kind < 0.18:
            lines = "\n".join(f"def item_{n}(value): return value + {n}  # {sentence[0]}" for n in range(12))
            parts.append(f'<pre><code class="language-python">{lines}</code></pre>')
        elif kind < 0.2:
            rows = "".join(f"<tr><td>{n}</td><td>{' '.join(sentence[:8])}</td></tr>" for n in range(8))
            parts.append(f"<table>{rows}</table>")
        else:
            parts.append(f"<p>{text}</p>")
        count += word_count(parts[-1])
    return "".join(parts)


def write(number: int, title: str, document: Document) -> ArticleWrite:
    """A document as an article of a library."""
    text = plain_text(document)
    name, moment = f"a{number}", int(time.time()) - number
    return ArticleWrite(
        name, name, moment, name, None, title, None, None, None, "<p>…</p>", text, dump(document), VERSION,
        word_count(text),
    )  # fmt: skip


def furnish(home: Path, documents: dict[str, Document]) -> None:
    """A library with these articles, and a short one between two."""
    with Store.open(home / "newsreader" / "data" / "library.db") as store:
        (source,) = store.add_sources([Subscription("http://127.0.0.1:9/feed", "Benchmark")]).ids
        (state,) = store.fetch_states([source])
        writes = []
        for number, (title, document) in enumerate(documents.items()):
            short = build(clean("<p>A few words between two long articles.</p>"))
            writes += [write(2 * number, f"Between {number}", short), write(2 * number + 1, title, document)]
        later = FetchState(source, state.url, state.title, last_success=int(time.time()), next_due=9_999_999_999)
        store.ingest(later, None, writes)


def until_shown(terminal: Terminal, key: str, words: str) -> float:
    """Milliseconds from a key until words are written to the terminal."""
    before = len(terminal.raw)
    pressed = time.perf_counter()
    terminal.press(key)
    while words.encode() not in terminal.raw[before:]:
        terminal.read(0.05)
        assert time.perf_counter() - pressed < _PATIENCE, terminal.text
    return (time.perf_counter() - pressed) * 1_000


def until_silent(terminal: Terminal, silence: float = _SILENCE) -> float:
    """Milliseconds from now until the last byte before the program is silent; it must write something."""
    before = len(terminal.raw)
    began = last = time.perf_counter()
    while (now := time.perf_counter()) - last < silence or len(terminal.raw) == before:
        size = len(terminal.raw)
        terminal.read(silence)
        if len(terminal.raw) > size:
            last = time.perf_counter()
        assert now - began < _PATIENCE, terminal.text
    return (last - began) * 1_000


def turn(terminal: Terminal) -> list[float]:
    times = []
    for _ in range(PAGES):
        terminal.press("\x06")  # ctrl+f: at the end it opens no other article
        times.append(until_silent(terminal))
        if "ends here." in terminal.text:
            break
    return times


def resize(terminal: Terminal) -> list[float]:
    times = []
    for number in range(ROUNDS):
        terminal.resize(_COLUMNS - (24 if number % 2 == 0 else 0), _ROWS)
        times.append(until_silent(terminal, 0.15))
        terminal.settle(0.4)
    return times


def shown(label: str, times: list[float]) -> None:
    figures = " ".join(f"{name} {percentile(times, share):7.1f}" for name, share in (("p50", 0.5), ("p95", 0.95)))
    print(f"  {label:<20} {figures} max {max(times):7.1f} ms  (n={len(times)})", flush=True)


def measure_reader(home: Path, documents: dict[str, Document]) -> None:
    command = [sys.executable, "-m", "newsreader"]
    with Terminal(command, environment=environment(home), columns=_COLUMNS, rows=_ROWS) as terminal:
        terminal.wait_for("Unread", 60)
        terminal.settle(2.0, 30)
        terminal.press("ga")
        terminal.settle(1.0)
        terminal.press("gg")
        terminal.press("\r")
        terminal.settle(1.0)
        for number, title in enumerate(documents):
            print(f"newsreader, {title}")
            opening = []
            for _ in range(ROUNDS):
                opening.append(until_shown(terminal, "J", f"{title} begins"))
                terminal.settle(0.5)
                until_shown(terminal, "K", f"Between {number}")
                terminal.settle(0.3)
            shown("open", opening)
            terminal.press("J")
            terminal.settle(1.5)
            shown("page", turn(terminal))
            terminal.press("gg\x06\x06")
            terminal.settle(1.5)
            shown("resize", resize(terminal))
            terminal.press("G")
            terminal.settle(1.0)
            terminal.press("\x02" * 5)
            terminal.settle(1.5)
            shown("resize near the end", resize(terminal))
            terminal.press("gg")
            terminal.settle(1.0)
            terminal.press("J")
            terminal.settle(1.0)
        terminal.press("Q")
        terminal.wait()


def measure_markdown(home: Path, documents: dict[str, Document]) -> None:
    for number, (title, document) in enumerate(documents.items()):
        path = home / f"{number}.md"
        path.write_text(to_markdown(document), encoding="utf-8")
        command = [sys.executable, "-m", "tests.benchmarks.markdown_app", str(path)]
        with Terminal(command, environment=environment(home), columns=_COLUMNS, rows=_ROWS) as terminal:
            terminal.wait_for("ready", 60)
            terminal.settle(1.0)
            print(f"Textual's Markdown, {title}")
            opening = []
            for _ in range(3):
                opening.append(until_shown(terminal, "J", f"{title} begins"))
                terminal.settle(1.0)
                until_shown(terminal, "K", "ready")
                terminal.settle(0.5)
            shown("open", opening)
            terminal.press("J")
            terminal.settle(2.0)
            shown("page", turn(terminal))
            shown("resize", resize(terminal))
            if number == 0:
                print("empty Textual app")
                shown("key", [until_shown(terminal, "e", f"empty{count}") for count in range(PAGES)])
                until_shown(terminal, "K", "ready")
                shown("resize", resize(terminal))
            terminal.press("Q")
            terminal.wait()


def main(files: list[str]) -> None:
    sources = {Path(file).stem: Path(file).read_text(encoding="utf-8") for file in files} or {
        "Sample 4000": sample(4_000),
        "Sample 17000": sample(17_000),
    }
    documents = {
        title: build(clean(f"<p>{title} begins here.</p>{html}<p>And it ends here.</p>"))
        for title, html in sources.items()
    }
    for title, document in documents.items():
        print(f"{title}: {word_count(plain_text(document)):,} words")
    with tempfile.TemporaryDirectory() as folder:
        furnish(Path(folder), documents)
        measure_reader(Path(folder), documents)
        measure_markdown(Path(folder), documents)


if __name__ == "__main__":
    main(sys.argv[1:])
