"""`newsreader ai`: what is set about a language model, whether its server answers, and what may be sent there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from newsreader.cli import EXIT_FAILED, output
from newsreader.cli.engine import engine
from newsreader.config.writing import write_whole
from newsreader.errors import NewsreaderError
from newsreader.model.answers import Ask
from newsreader.stories.prompts import PLACEHOLDERS, TASKS
from newsreader.text import count_of
from newsreader.worker.asking import language_of
from newsreader.worker.prompt_files import read_task, task_file

if TYPE_CHECKING:
    import argparse

    from newsreader.cli.context import Context
    from newsreader.config import Config

_OFF = """\
No language model is set: nothing is sent anywhere. In config.toml, for Ollama on this machine:

    [ai]
    base_url = "http://localhost:11434/v1"
    model = "llama3.2"

For a server that wants a key, name where it is: key = "env:NAME", "command:PROGRAM" or "file:PATH"."""


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Do what was asked for; exit 1 where something is wrong."""
    match arguments.action:
        case "prompts":
            return _prompts(context, write=arguments.example)
        case "agree" | "withdraw":
            return asyncio.run(_agree(context, agreed=arguments.action == "agree"))
        case "forget":
            with context.open_library() as store:
                output.line(f"{count_of(store.drop_replies(), 'answer')} taken away.")
            return 0
    facts = asyncio.run(_facts(context))
    if arguments.json:
        output.as_json(facts)
    else:
        _show(facts)
    return EXIT_FAILED if facts["problems"] else 0


async def _facts(context: Context) -> dict[str, Any]:
    """What is set and what the server says. The key is only named."""
    config = context.config()
    problems = [*config.problems, *_mistakes(context)]
    facts: dict[str, Any] = {
        "base_url": config.ai_url,
        "model": config.ai_model,
        "key": config.ai_key,
        "language": language_of(config),
        "host": None,
        "agreed": False,
        "models": [],
        "problems": problems,
    }
    if config.ai_url is None:
        return facts
    async with engine(context) as parts:
        try:
            found = await parts.asking.models()
        except NewsreaderError as error:
            problems.append(error.phrase)
            return facts
        facts |= {"host": found["host"], "models": found["models"]}
        facts["agreed"] = found["host"] in await parts.asking.agreed()
    problems += _model_problem(config, found["models"])
    return facts


def _model_problem(config: Config, models: list[str]) -> list[str]:
    if config.ai_model is None:
        return ["[ai] model is not set: name one of those that the server has."]
    if models and config.ai_model not in models and f"{config.ai_model}:latest" not in models:
        return [f"The server does not tell of a model {config.ai_model}."]
    return []


def _mistakes(context: Context) -> list[str]:
    """What is wrong with tasks that the person wrote."""
    found = []
    for ask in Ask:
        try:
            read_task(context.paths, ask)
        except NewsreaderError as error:
            found.append(error.phrase)
    return found


def _show(facts: dict[str, Any]) -> None:
    if facts["base_url"] is None:
        output.line(_OFF)
    else:
        may = "yes" if facts["agreed"] else "no, not before you say so: `newsreader ai agree`"
        for name, value in (
            ("server", facts["base_url"]), ("model", facts["model"] or "none"), ("key", facts["key"] or "none"),
            ("answers in", facts["language"]), ("text may be sent", may), ("models there", ", ".join(facts["models"])),
        ):  # fmt: skip
            if value:
                output.row(f"  {name:<18}", str(value), None)
    for problem in facts["problems"]:
        output.problem(problem)


async def _agree(context: Context, *, agreed: bool) -> int:
    async with engine(context) as parts:
        if not agreed:
            await parts.asking.agree(None)
            output.line("No text is sent anywhere any more.")
            return 0
        host = parts.asking.host()
        await parts.asking.agree(host)
        output.line(f"Text may be sent to {host}, when you ask for it. `newsreader ai withdraw` takes that back.")
    return 0


def _prompts(context: Context, *, write: bool) -> int:
    """Print the tasks as they are now, or write ours as files, none over one that is there."""
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for ask in Ask:
        path = task_file(context.paths, ask)
        if not write:
            whose = "yours" if path.exists() else "ours"
            output.line(f"# {path} ({whose}; {known} are filled in)\n\n{read_task(context.paths, ask).rstrip()}\n")
        elif path.exists():
            output.line(f"{path} is there and stays as it is.")
        else:
            write_whole(path, TASKS[ask].encode())
            output.line(f"Wrote {path}")
    return 0
