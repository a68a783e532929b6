"""Why a language model gave no answer, in full sentences. Pure.

What a server says of its own failure is quoted here, unlike elsewhere: often only it knows what to do ("pull the model
first"). It is cleaned and short, and never what was said of a key.
"""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from newsreader.errors import ModelError
from newsreader.fetch.phrases import once
from newsreader.text import count_of, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsreader.errors import FetchError

_QUOTED: Final = 200
_NAMED: Final = 12
_TOO_LONG: Final = re.compile(
    r"context[ _](?:length|size|window)|maximum context|exceed_context|too many tokens|prompt is too long"
    r"|input is too long|reduce the length",
    re.IGNORECASE,
)
_NO_MODEL: Final = re.compile(
    r"model[\w\s\"'`:./-]{0,120}(?:not[ _]found|does not exist|not exist|is not available)"
    r"|(?:unknown|no such|invalid) model|model_not_found",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?<![\w.])\d{3,9}(?![\w.]*\d)")
_NO_CREDIT: Final = re.compile(r"insufficient_quota|insufficient (?:funds|credit|balance)|exceeded your current quota")
_BAD_KEY: Final = re.compile(r"invalid_api_key|incorrect api key|authentication|unauthorized", re.IGNORECASE)
_TOLD: Final = (
    (_NO_CREDIT, "{host} says that the account of this key has nothing left to spend."),
    (re.compile(r"loading model|model is (?:currently )?loading", re.IGNORECASE),
     "{host} is still loading the model: try it again in a moment."),
    (re.compile(r"rate.?limit|overloaded", re.IGNORECASE),
     "{host} is asked too often or too busy{quoted}. Try it again in a while."),
)  # fmt: skip
"""What servers say of themselves, and what that comes to."""


def message_of(error: Any) -> tuple[str, str]:
    """What a server says of its failure, and the words that programs go by; both as they came."""
    if isinstance(error, str):
        return error, error
    if not isinstance(error, dict):
        return "", ""
    said = next((error[name] for name in ("message", "detail", "error", "msg") if isinstance(error.get(name), str)), "")
    codes = [str(error[name]) for name in ("code", "type", "status") if isinstance(error.get(name), str | int)]
    return said, " ".join([*codes, said])


def error_in(body: bytes) -> Any:
    """The error that a body tells of as JSON: an object, a text, or None where there is none."""
    try:
        value = json.loads(body, strict=False)
    except (ValueError, RecursionError):
        return None
    value = value[0] if isinstance(value, list) and value else value
    if not isinstance(value, dict):
        return None
    return value.get("error") or (value if {"message", "detail"} & value.keys() and "choices" not in value else None)


def of_error(error: Any, host: str, status: int | None = None) -> ModelError:
    """The failure that a server tells of, in the middle of an answer or instead of one."""
    said, words = message_of(error)
    if _TOO_LONG.search(words):
        much = _by_how_much(error, said)
        return ModelError(f"The text is too long for the model{much}. Set [ai] max_characters lower.", words)
    if _NO_MODEL.search(words):
        return ModelError(f"{host} has no such model.", words, model_missing=True)
    if _BAD_KEY.search(words):
        return refused(host, 401, keyed=True)
    quoted = f": “{one_line(said, _QUOTED)}”" if said else ""
    code = f" ({status})" if status else ""
    phrase = next((told for pattern, told in _TOLD if pattern.search(words)), "{host} could not answer{code}{quoted}.")
    return ModelError(phrase.format(host=host, code=code, quoted=quoted), words)


def of_status(status: int, host: str, body: bytes, *, path: str, keyed: bool, retry_after: int | None) -> ModelError:
    """The failure of an answer with this status. `path` is that of base_url, `keyed` whether a key was sent."""
    error = error_in(body)
    words = message_of(error)[1]
    if status in {401, 403}:
        return refused(host, status, keyed=keyed)
    if status in {404, 405} and not _NO_MODEL.search(words):
        return not_there(host, path, status)
    if error and (status != 429 or _NO_CREDIT.search(words)):
        return of_error(error, host, status)
    return ModelError(_of_status(status, host, retry_after), f"HTTP {status}")


def _of_status(status: int, host: str, retry_after: int | None) -> str:
    """What a status alone tells."""
    if status == 429:
        when = "in a while" if retry_after is None else f"in {_span(retry_after)}"
        return f"{host} is asked too often (429). Try it again {when}."
    if 300 <= status < 400:
        elsewhere = "sends the request elsewhere, which is not followed. Set [ai] base_url to where the server is."
        return f"{host} answered {status} and {elsewhere}"
    if status == 413:
        return "The text is too long for the server (413). Set [ai] max_characters lower."
    if status >= 500:
        return f"{host} answered {status}: the server has a fault. Try it again later."
    return f"{host} answered {status} and does not take the request."


def refused(host: str, status: int, *, keyed: bool) -> ModelError:
    """The key is not taken, or none was given."""
    if keyed:
        phrase = f"{host} refuses the key ({status}). Check [ai] key, and that it may use this model."
    else:
        phrase = f"{host} wants a key ({status}): name one by [ai] key, as env:NAME."
    return ModelError(phrase, f"HTTP {status}", key_refused=True)


def not_there(host: str, path: str, status: int | None = None) -> ModelError:
    """Somebody else than an OpenAI-compatible server answers there."""
    code = f" ({status})" if status else ""
    hint = "" if path.rstrip("/").endswith("/v1") else " Most end with /v1, and this one does not."
    return ModelError(
        f"No OpenAI-compatible server answers at {host}{path}{code}. Check [ai] base_url.{hint}", "not an API"
    )


def no_such_model(host: str, model: str, models: Sequence[str]) -> ModelError:
    """The server does not know the model; these it has."""
    phrase = f"{host} has no model “{one_line(model, 80)}”."
    if models:
        by_name = {one_line(name, 80): None for name in models}
        if model in by_name:
            return ModelError(
                f"{host} tells of the model “{one_line(model, 80)}” and says that it has none such: "
                "it may not be loaded, or not be for you.",
                "model missing",
                model_missing=True,
            )
        near = get_close_matches(model, by_name, n=1, cutoff=0.4)
        did = f" Did you mean {near[0]}?" if near else ""
        more = f" and {len(by_name) - _NAMED} more" if len(by_name) > _NAMED else ""
        phrase += f"{did} It has {', '.join(list(by_name)[:_NAMED])}{more}."
    else:
        phrase += " It tells of none that it has: with Ollama, `ollama pull` gets one."
    return ModelError(phrase, "model missing", model_missing=True)


def unreached(error: FetchError, where: str) -> ModelError:
    """No answer at all."""
    phrase = once(error.phrase)
    if "refuses the connection" in phrase:
        phrase = f"Nothing answers at {where}: is the server running there? [ai] base_url names it."
    return ModelError(phrase, error.cause)


def broken_off(host: str, cause: str) -> ModelError:
    """The stream ended in the middle."""
    return ModelError(f"The answer of {host} broke off before its end.", cause)


def silent(host: str, seconds: float, *, begun: bool) -> ModelError:
    """Nothing came for too long."""
    what = "went silent in the middle of its answer" if begun else "did not begin to answer"
    return ModelError(f"{host} {what}: nothing came for {seconds:g} seconds. [ai] timeout can allow more.", "no token")


def endless(host: str, seconds: float) -> ModelError:
    """The answer takes for ever."""
    return ModelError(f"{host} took longer than {_span(round(seconds))} for its answer.", "total deadline")


def _by_how_much(error: Any, said: str) -> str:
    """By how many tokens a text is too long, where the server tells."""
    wanted, room = None, None
    if isinstance(error, dict):
        wanted, room = (error.get(name) for name in ("n_prompt_tokens", "n_ctx"))
    if not (isinstance(wanted, int) and isinstance(room, int)):
        numbers = sorted({int(found) for found in _NUMBER.findall(said.replace(",", ""))})
        if len(numbers) < 2:
            return ""
        room, wanted = _room_of(said, numbers)
    if wanted <= room:
        return ""
    return f": it takes {wanted:,} tokens and the model has room for {room:,}, {wanted - room:,} too many"


def _room_of(said: str, numbers: Sequence[int]) -> tuple[int, int]:
    """The room and what was wanted, of the numbers of a sentence: the room is the first that it names as a bound."""
    found = re.search(r"(?:maximum|context|limit|at most|size|available)\D{0,60}(\d{3,9})", said.replace(",", ""))
    room = int(found[1]) if found else numbers[0]
    more = [number for number in numbers if number > room]
    return room, more[0] if more else room


def _span(seconds: int) -> str:
    return count_of(seconds, "second") if seconds < 120 else count_of(round(seconds / 60), "minute")
