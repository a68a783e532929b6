"""Colours as numbers: contrast after WCAG, mixing, and the palette from which every colour of a theme is derived."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

READABLE: Final = 4.5
"""The contrast of text, WCAG AA."""
VISIBLE: Final = 3.0
"""The contrast of signs and of what marks the focus."""

_HEX: Final = r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"
_STEPS: Final = 20  # in which a colour is brought towards black or white until it can be read
_KNEE, _SLOPE, _GAMMA, _SHIFT = 0.04045, 12.92, 2.4, 0.055  # how sRGB is made linear
_WEIGHTS: Final = (0.2126, 0.7152, 0.0722)  # how bright red, green and blue look


def is_colour(text: object) -> bool:
    """Whether this is a colour as theme files give it: "#e0a458", or "#ea5" in short."""
    return isinstance(text, str) and re.fullmatch(_HEX, text) is not None


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255; an opacity at the end is left out."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) in {3, 4} else digits
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def luminance(colour: str) -> float:
    """How bright a colour is, 0 to 1."""
    shares = (channel / 255 for channel in channels(colour))
    linear = (share / _SLOPE if share <= _KNEE else ((share + _SHIFT) / (1 + _SHIFT)) ** _GAMMA for share in shares)
    return sum(weight * share for weight, share in zip(_WEIGHTS, linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    darker, brighter = sorted((luminance(one), luminance(other)))
    return (brighter + 0.05) / (darker + 0.05)


def is_dark(colour: str) -> bool:
    """Whether white can be read on this better than black."""
    return contrast(colour, "#ffffff") >= contrast(colour, "#000000")


def mixed(one: str, other: str, share: float) -> str:
    """The first colour with a share of the second, 0 to 1."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(first + (second - first) * share):02x}" for first, second in pairs)


def readable(colour: str, grounds: Iterable[str], least: float = READABLE) -> str:
    """The colour, brought as little as need be towards white or black until it stands out from all grounds."""
    grounds = tuple(grounds)
    end = "#ffffff" if is_dark(grounds[0]) else "#000000"
    for step in range(_STEPS):
        nearer = mixed(colour, end, step / _STEPS)
        if all(contrast(nearer, ground) >= least for ground in grounds):
            return nearer
    return end


class Palette(NamedTuple):  # a dataclass would cost the start ten times as much
    """The colours of a theme by what they are for; the head of app.tcss says where they stand."""

    background: str
    text: str
    strong: str
    dim: str
    accent: str
    warning: str
    good: str
    rule: str
    cursor: str
    panel: str
    field: str
    lit: str

    @property
    def dark(self) -> bool:
        """Whether it is light text on a dark page."""
        return is_dark(self.background)

    @property
    def grounds(self) -> tuple[str, ...]:
        """What text of every colour stands on: the page, the cursor's row (and code), a panel, a field to type in."""
        return self.background, self.cursor, self.panel, self.field

    def variables(self) -> dict[str, str]:
        """The names under which stylesheets know the colours."""
        return {
            "background": self.background, "surface": self.panel, "panel": self.field, "foreground": self.text,
            "accent": self.accent, "primary": self.accent, "secondary": self.dim, "warning": self.warning,
            "error": self.warning, "success": self.good,
            "page-strong": self.strong, "page-dim": self.dim, "page-rule": self.rule, "page-cursor": self.cursor,
            "page-lit": self.lit,
            "screen-selection-background": self.lit, "screen-selection-foreground": self.strong,
            "input-selection-background": self.lit, "input-selection-foreground": self.strong,
            "input-cursor-background": self.accent, "input-cursor-foreground": self.background,
            "block-cursor-background": self.accent, "block-cursor-foreground": self.background,
        }  # fmt: skip


DARK: Final = Palette(
    background="#17181b", text="#dcd8ce", strong="#f6f2e9", dim="#9d988e", accent="#e3a85c", warning="#ee8577",
    good="#a3bd7d", rule="#3b3d43", cursor="#26282d", panel="#1f2024", field="#2a2c32", lit="#4b3a26",
)  # fmt: skip
"""Lamp light: warm grey on near black, amber for what is new."""

LIGHT: Final = Palette(
    background="#fbf8f1", text="#2b2822", strong="#12100c", dim="#655f55", accent="#8a4a0c", warning="#b02a20",
    good="#486318", rule="#d8d1c2", cursor="#efe9db", panel="#f5f0e5", field="#ebe4d5", lit="#f1d9ae",
)  # fmt: skip
"""Paper: ink on cream, rust for what is new."""

_SHARES: Final = {"strong": 0.0, "dim": 0.62, "rule": 0.18, "cursor": 0.08, "panel": 0.04, "field": 0.1}
_BOLDER: Final = 0.35  # of the way to white or black, for strong
_LIT: Final = 0.25  # of the accent


def derived(given: Mapping[str, str]) -> Palette:
    """The palette of which only some fields are given; nothing that is derived is hard to read."""
    background = given.get("background", DARK.background)
    base = DARK if is_dark(background) else LIGHT
    text = given.get("text") or readable(base.text, [background], 7)
    colours = {"background": background, "text": text}
    for name in ("cursor", "panel", "field", "rule"):
        colours[name] = given.get(name) or mixed(background, text, _SHARES[name])
    grounds = [colours[name] for name in ("background", "cursor", "panel", "field")]
    colours["dim"] = given.get("dim") or readable(mixed(background, text, _SHARES["dim"]), grounds)
    end = "#ffffff" if base is DARK else "#000000"
    colours["strong"] = given.get("strong") or mixed(text, end, _BOLDER)
    for name in ("accent", "warning", "good"):
        colours[name] = given.get(name) or readable(getattr(base, name), grounds)
    colours["lit"] = given.get("lit") or mixed(background, colours["accent"], _LIT)
    return Palette(**colours)
