"""The arguments of `newsreader ask` and `newsreader ai`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.cli.arguments import new_command

if TYPE_CHECKING:
    from newsreader.cli.arguments import Commands, Parser

_ACTIONS = (
    ("show", "what is set, whether the server answers, and which models it has"),
    ("agree", "let text go to the server that is set; nothing is sent before that"),
    ("withdraw", "let no text go anywhere any more"),
    ("prompts", "print the tasks that the model is given; yours stand in prompts/NAME.txt beside config.toml"),
    ("forget", "take away all answers that are kept"),
)


def add_asking_commands(commands: Commands[Parser]) -> None:
    """Add what has to do with a language model."""
    ask = new_command(commands, "ask", "ask", "ask the language model of [ai] about an article, a story or a list")
    ask.add_argument(
        "what", metavar="WHAT", help='summary, points, explain, translate, headline, or a question: "Who paid for it?"'
    )
    which = ask.add_mutually_exclusive_group(required=True)
    which.add_argument("id", metavar="ID", type=int, nargs="?", help="an article: the number that `list` shows")
    which.add_argument("--story", metavar="ID", type=int, help="all articles of the story that an article belongs to")
    which.add_argument("--query", metavar="QUERY", help="the newest articles that a query finds")
    ask.add_argument("--language", metavar="LANGUAGE", default="", help="answer in it; translate into it")
    ask.add_argument("--afresh", action="store_true", help="ask again, though an answer is kept")
    ask.add_argument("--json", action="store_true", help="as one JSON object, when the answer is whole")
    model = new_command(
        commands, "ai", "ai", "what is set about a language model; without [ai] there is none, and nothing is sent"
    )
    model.set_defaults(action="show", example=False)
    model.add_argument("--json", action="store_true", help="as one JSON object")
    actions = model.add_subparsers(title="actions", metavar="ACTION")
    for name, about in _ACTIONS:
        action = new_command(actions, name, "ai", about)
        action.set_defaults(command="ai", action=name)
        if name == "prompts":
            action.add_argument("--example", action="store_true", help="write ours as files there, to be changed")
