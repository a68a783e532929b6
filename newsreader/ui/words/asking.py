"""What is said about asking a language model: what would be sent where, how it goes, and what its answer is worth."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _, several

HERE: Final = _("Here and at once; nothing is sent:")
SUMMARY: Final = _("Summary")
POINTS: Final = _("Key points")
EXPLAIN: Final = _("For a newcomer")
TRANSLATE: Final = _("Translation")
HEADLINE: Final = _("A sober headline")
STORY: Final = _("The story")

MENU_SUMMARY: Final = _("summary")
MENU_POINTS: Final = _("key points")
MENU_STORY: Final = _("the story")
MENU_EXPLAIN: Final = _("explain for a newcomer")
MENU_TRANSLATE: Final = _("translate")
MENU_HEADLINE: Final = _("a sober headline")
MENU_ASK: Final = _("ask about this article")
MENU_ASK_STORY: Final = _("ask about the story")
MENU_ASK_LIST: Final = _("ask about this list")

ASKING: Final = _("Asking…")
NOTHING_SENT: Final = _("Nothing has been sent yet.")
ONCE: Final = _("You are asked this once for each host; with the text goes the task, and nothing else of you.")
SEND: Final = _("Send it")
STOPPED: Final = _("You stopped it here.")
DOUBT: Final = _("[?] stands behind what is not found in the text.")
ALL_FOUND: Final = _("Each number leads to the paragraph that a sentence rests on.")
ALL_LISTED: Final = _("Each number leads to the article that a sentence rests on.")
NO_STORY: Final = _("No other source here tells of this: there is no story.")
NO_LIST: Final = _("There is nothing in this list to ask about.")
GONE: Final = _("The answer is not kept any more.")


def off(settings: str) -> str:
    """Say how AI is switched on."""
    said = _("AI is off. [ai] in config.toml switches it on, or {settings}; nothing is sent before you ask for it.")
    return said.format(settings=settings)


def at(model: str, host: str) -> str:
    """The model that is asked, and where it is."""
    return _("{model} at {host}:").format(model=model, host=host) if model else f"{host}:"


def sends(characters: int, articles: int, host: str, model: str, *, here: bool) -> str:
    """Say what would leave this machine, and where it would go."""
    size = several("{count} character", "{count} characters", characters).format(count=f"{characters:,}")
    whose = several("of this article", "of {count} articles", articles).format(count=f"{articles:,}")
    if here:
        said = _("This gives {size} {whose} to {model} at {host}, on this machine.")
    else:
        said = _("This sends {size} {whose} to {host}, for {model}.")
    return said.format(size=size, whose=whose, host=host, model=model)


def sent(characters: int, host: str) -> str:
    """Say what goes where; it is on its way from when the key is looked for on."""
    return _("{count} characters to {host}").format(count=f"{characters:,}", host=host)


def waiting(seconds: int) -> str:
    """Say for how long one has been waiting for the first word."""
    return _("no word yet after {seconds} s …").format(seconds=seconds)


def thinking(seconds: int) -> str:
    """Say for how long the model thinks before its first word."""
    return _("it thinks, {seconds} s so far …").format(seconds=seconds)


def first_word(seconds: float) -> str:
    """Say how long the first word took."""
    return _("first word after {seconds} s").format(seconds=f"{seconds:.1f}")


def coming(back: str) -> str:
    """Say that the answer comes, and what stops it."""
    return _("{back} stops it").format(back=back)


def took(seconds: float) -> str:
    """Say how long the whole answer took."""
    return _("in {seconds} s").format(seconds=f"{seconds:.0f}" if seconds >= 10 else f"{seconds:.1f}")


def kept(age: str) -> str:
    """Say that an answer was here already, and how old it is."""
    return _("kept, answered {age}").format(age=age)


def asks_anew(again: str) -> str:
    """Say what asks the same again."""
    return _("{again} asks anew.").format(again=again)


def unsupported(count: int, of: int) -> str:
    """Say how many sentences of an answer nothing in the text bears out."""
    return several(
        "{count} of {of} sentences is not found in the text: [?].",
        "{count} of {of} sentences are not found in the text: [?].",
        count,
    ).format(count=count, of=of)


def prompt(name: str, again: str) -> str:
    """Say what asks anew, and where the words of the task are the person's to change."""
    said = _("{again} asks anew. The words of the task are yours to change: prompts/{name}.txt beside config.toml.")
    return said.format(again=again, name=name)


def original(title: str) -> str:
    """The headline that was to be written soberly."""
    return _("instead of: {title}").format(title=title)
