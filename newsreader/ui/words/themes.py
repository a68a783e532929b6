"""What a theme file of the person's own says of itself."""

from __future__ import annotations

from typing import Final

from newsreader.ui.words import _

FIELDS: Final = {
    "background": _("the page"),
    "text": _("what is read"),
    "accent": _("what is new, links, where the cursor is"),
    "warning": _("what is wrong"),
    "strong": _("titles and headings; else text, a little stronger"),
    "dim": _("facts, ages, what was read; else between text and background, as dim as can be read"),
    "good": _("what was added, in code; else green"),
    "rule": _("lines between panes and at quotations; else near the background"),
    "cursor": _("the row of the cursor, and code; else near the background"),
    "panel": _("what dialogs stand on; else near the background"),
    "field": _("what is typed into; else near the background"),
    "lit": _("what is found, highlighted or selected; else the background with some accent"),
}
"""What a theme file may set, with what it is for and where it comes from else. Each is a field of Palette."""

HEAD: Final = _(
    "A theme of your own: keep this as themes/NAME.toml beside config.toml (`newsreader config --path`), and set\n"
    'theme = "NAME" there, below [screen]. Every line is optional: what is not given follows from the others.\n'
    "Text is easy to read with a contrast of 4.5 to 1 on what it stands on; what is derived has that."
)
"""What stands first in an example of one, each line as a comment."""
