"""What the events of a language model's answer say (the stream of OpenAI's chat completions, as many speak it). Pure.

What a model thinks before it answers is counted and not shown: `reasoning_content`, `reasoning`, or `<think>` at the
beginning of its text. A call of a tool is never followed: none was offered.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from newsreader.bounds import AI_ANSWER
from newsreader.fetch.chat_phrases import of_error

_OPENS: Final = ("<think>", "<thinking>", "<thought>", "<reasoning>")
_CLOSES: Final = re.compile(r"</(?:think|thinking|thought|reasoning)>\s*")
_LONGEST_CLOSE: Final = len("</reasoning>")
_DONE: Final = "[DONE]"


class Thoughts:
    """Takes text as it comes and gives it without the thoughts at its beginning."""

    def __init__(self) -> None:
        self._held = ""
        self._inside = False
        self._past = False
        self.thought = False

    def add(self, text: str) -> str:
        """Take the next text, and give what of it can be shown now."""
        if self._past:
            return text
        self._held += text
        if not self._inside:
            start = self._held.lstrip()
            if not start or any(tag != start and tag.startswith(start) for tag in _OPENS):
                return ""
            self._inside = start.startswith(_OPENS)
            if not self._inside:
                return self._leave(start)
        self.thought = True
        if (found := _CLOSES.search(self._held)) is not None:
            rest = self._held[found.end() :]
            self._inside, self._held = False, ""
            return self.add(rest) if rest else ""
        self._held = f"{_OPENS[0]}{self._held[-_LONGEST_CLOSE:]}"
        return ""

    def end(self) -> str:
        """Nothing more comes: what was held back and is no thought."""
        rest, self._held = self._held, ""
        return "" if self._inside else rest.lstrip()

    def _leave(self, text: str) -> str:
        self._past, self._held = True, ""
        return text


class Deltas:
    """Reads one answer, event by event.

    `text` is what was shown so far. `finish` is the reason that the server gave for the end, `done` says that there was
    an end, `tools` that the model wanted to call a tool, `thought` that it thought, `understood` that anything was as
    expected.
    """

    def __init__(self, host: str) -> None:
        self.text = ""
        self.finish: str | None = None
        self.done = False
        self.tools = False
        self.understood = False
        self._host = host
        self._thoughts = Thoughts()
        self._thinking = False

    @property
    def thought(self) -> bool:
        """Whether the model thought before it answered."""
        return self._thinking or self._thoughts.thought

    @property
    def full(self) -> bool:
        """Whether no more is taken."""
        return len(self.text) >= AI_ANSWER

    def take(self, data: str) -> tuple[str, bool]:
        """Read what one event says: the text to show, and whether it moved the answer on.

        Raises ModelError for one that tells of a failure.
        """
        if data.strip() == _DONE:
            self.done = self.understood = True
            return self._shown(self._thoughts.end()), True
        values = _values(data)
        parts, moved = [], False
        for value in values:
            part, moves = self._one(value)
            parts.append(part)
            moved = moved or moves
        return self._shown("".join(parts)), moved

    def end(self) -> str:
        """Nothing more comes: what was held back and is to be shown."""
        return self._shown(self._thoughts.end())

    def _shown(self, text: str) -> str:
        text = text[: max(0, AI_ANSWER - len(self.text))]
        self.text += text
        return text

    def _one(self, value: dict[str, Any]) -> tuple[str, bool]:
        if error := value.get("error"):
            raise of_error(error, self._host)
        choices = value.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        if isinstance(choices, list):
            self.understood = True
        if not isinstance(choice, dict):
            return "", False
        if isinstance(reason := choice.get("finish_reason"), str) and reason:
            self.finish, self.done = reason, True
        said = next((each for name in ("delta", "message") if isinstance(each := choice.get(name), dict)), {})
        if said.get("tool_calls") or said.get("function_call"):
            self.tools = True
        thinking = bool(said.get("reasoning_content") or said.get("reasoning"))
        self._thinking = self._thinking or thinking
        text = _text(said.get("content")) or _text(choice.get("text")) or _text(said.get("refusal"))
        return self._thoughts.add(text) if text else "", thinking or bool(text)


def _values(data: str) -> list[dict[str, Any]]:
    """The objects of an event: one, or one a line where a server forgot the empty lines between its events."""
    for texts in ([data], data.split("\n")):
        try:
            # Some servers leave control characters in their texts as they are.
            values = [json.loads(text, strict=False) for text in texts if text.strip() and text.strip() != _DONE]
        except (ValueError, RecursionError):
            continue
        return [value for value in values if isinstance(value, dict)]
    return []


def _text(content: object) -> str:
    """The text of a message, also where it comes in parts."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(
            str(part.get("text")) for part in content if isinstance(part, dict) and isinstance(part.get("text"), str)
        )
    return ""
