"""A palette in the 256 colours of a terminal that has no more, chosen so that everything can be read in them too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.ui.colours import READABLE, channels, contrast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsreader.ui.colours import Palette

_LEVELS: Final = (0, 95, 135, 175, 215, 255)
_GREYS: Final = 24


def _hexed(red: int, green: int, blue: int) -> str:
    return f"#{red:02x}{green:02x}{blue:02x}"


# What to ask rich for, and what the terminal then shows: rich counts greys in 25 steps from black to white, the
# terminal has 24 of them, which begin and end elsewhere.
SHOWN: Final = {
    _hexed(red, green, blue): _hexed(red, green, blue)
    for red in _LEVELS
    for green in _LEVELS
    for blue in _LEVELS
    if not red == green == blue or red in {0, 255}
} | {_hexed(*(round(step * 10.2),) * 3): _hexed(*(10 * step - 2,) * 3) for step in range(1, _GREYS + 1)}
_GREY: Final = tuple(sent for sent in SHOWN if len(set(channels(sent))) == 1)


def snapped(palette: Palette) -> Palette:
    """The palette in 256 colours: grounds are greys, and words the nearest colours that can be read on them."""
    names = ("background", "cursor", "panel", "field", "rule")
    grounds = {name: _nearest(getattr(palette, name), _GREY) for name in names}
    for name in ("cursor", "field"):
        if grounds[name] == grounds["background"]:  # a row that looks like the page would be no sign of the cursor
            grounds[name] = _next_grey(grounds["background"], lighter=palette.dark)
    under = [SHOWN[grounds[name]] for name in names[:-1]]

    def is_readable(colour: str) -> bool:
        return all(contrast(SHOWN[colour], ground) >= READABLE for ground in under)

    words = {
        name: _nearest(getattr(palette, name), SHOWN, is_readable)
        for name in ("text", "strong", "dim", "accent", "warning", "good")
    }
    lit = _nearest(palette.lit, SHOWN, lambda colour: contrast(SHOWN[colour], SHOWN[words["strong"]]) >= READABLE)
    return palette._replace(**grounds, **words, lit=lit)


def _next_grey(colour: str, *, lighter: bool) -> str:
    greys = sorted(_GREY, key=channels)
    at = greys.index(colour) + (1 if lighter else -1)
    return greys[min(max(at, 0), len(greys) - 1)]


def _nearest(colour: str, among: Iterable[str], holds: Callable[[str], bool] = lambda _: True) -> str:
    """The nearest colour for which something holds; the nearest of all where it holds for none."""
    wanted = channels(colour)

    def distance(sent: str) -> float:
        # Weighted as the eye does: a step of green is seen best. Hue counts: a grey is no amber.
        red, green, blue = (one - other for one, other in zip(wanted, channels(SHOWN[sent]), strict=True))
        return 2 * red * red + 4 * green * green + 3 * blue * blue

    near = sorted(among, key=distance)
    return next((each for each in near if holds(each)), near[0])
