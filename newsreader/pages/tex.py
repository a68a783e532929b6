"""TeX's way of writing formulas to one line of text: what a page keeps for those who see no picture of them."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING, Final

from newsreader.pages.formulas import above, accented, below, fraction, root, spaced

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN: Final = re.compile(r"\\(?:[a-zA-Z]+\*?|.)|[{}^_&~]|[^\\{}^_&~]+?(?=[\\{}^_&~]|\s|$)|\s+", re.DOTALL)
_LONGEST: Final = 4_000  # characters: more is no formula, and is left as it is
_DEEPEST: Final = 40
_SIGNS: Final = {
    "infty": "∞",
    "cdot": "·",
    "cdots": "⋯",
    "ldots": "…",
    "dots": "…",
    "dotsc": "…",
    "dotsb": "⋯",
    "vdots": "⋮",
    "to": "→",
    "gets": "←",
    "implies": "⟹",
    "iff": "⟺",
    "land": "∧",
    "lor": "∨",
    "lnot": "¬",
    "neg": "¬",
    "leq": "≤",
    "geq": "≥",
    "neq": "≠",
    "le": "≤",
    "ge": "≥",
    "ne": "≠",
    "sim": "∼",
    "propto": "∝",
    "mid": "∣",
    "int": "∫",
    "iint": "∬",
    "oint": "∮",
    "sum": "∑",
    "prod": "∏",
    "partial": "∂",
    "nabla": "∇",
    "emptyset": "∅",
    "varnothing": "∅",
    "setminus": "∖",
    "circ": "∘",
    "bullet": "•",
    "ast": "∗",
    "star": "⋆",
    "ell": "ℓ",
    "hbar": "ℏ",
    "Re": "ℜ",
    "Im": "ℑ",
    "prime": "′",
    "langle": "⟨",
    "rangle": "⟩",
    "lVert": "‖",
    "rVert": "‖",
    "lvert": "|",
    "rvert": "|",
    "Vert": "‖",
    "vert": "|",
    "|": "‖",
    "colon": ":",
    "epsilon": "ε",
    "varepsilon": "ε",
    "phi": "φ",
    "varphi": "φ",
    "vartheta": "ϑ",
    "varrho": "ϱ",
    "varsigma": "ς",
    "top": "⊤",
    "bot": "⊥",
    "mapsto": "↦",
    "lbrace": "{",
    "rbrace": "}",
    "lbrack": "[",
    "rbrack": "]",
    "backslash": "\\",
    "S": "§",
    "dagger": "†",
    "longrightarrow": "⟶",
    "Longrightarrow": "⟹",
    "angle": "∠",
    "perp": "⊥",
    "parallel": "∥",
    "degree": "°",
    **dict.fromkeys((",", ";", ":", "!", " ", "quad", "qquad", "thinspace", "enspace", "hspace", "space", "\n"), " "),
    **dict.fromkeys("left right middle big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle".split(), ""),
    **dict.fromkeys("scriptstyle limits nolimits nonumber notag mathstrut rm bf it cal hfill allowbreak /".split(), ""),
    **dict.fromkeys(("\\", "cr", "newline"), "; "),
}
_PLAIN: Final = frozenset(
    "text textrm textbf textit texttt textsf mathrm mathbf mathit mathsf mathtt mathcal mathfrak mathscr boldsymbol bm "
    "operatorname operatorname* mbox hbox mathop mathbin mathrel mathord mathopen mathclose emph pmb boxed underline "
    "overbrace underbrace substack tag textnormal".split()
)
_ACCENTS: Final = {
    "hat": "^",
    "widehat": "^",
    "bar": "¯",
    "overline": "¯",
    "vec": "→",
    "tilde": "~",
    "widetilde": "~",
    "dot": "˙",
    "ddot": "¨",
    "check": "ˇ",
    "breve": "˘",
    "overrightarrow": "→",
}
_DOUBLE: Final = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ", "E": "𝔼", "F": "𝔽", "1": "𝟙"}
_FUNCTIONS: Final = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp lim limsup liminf max min sup inf det "
    "dim ker deg gcd arg argmax argmin Pr hom bmod mod pmod".split()
)
_OPENING: Final = {"bmatrix": "[", "pmatrix": "(", "vmatrix": "|", "cases": "{ ", "Bmatrix": "{"}
_CLOSING: Final = {"bmatrix": "]", "pmatrix": ")", "vmatrix": "|", "Bmatrix": "}"}


def to_text(tex: str) -> str:
    """Write a formula of TeX on one line; commands that are not known stay as they are. Never raises."""
    tex = tex.strip()
    for before, after in (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]")):
        if len(tex) > len(before + after) and tex.startswith(before) and tex.endswith(after):
            tex = tex[len(before) : -len(after)]
    if len(tex) > _LONGEST:
        return " ".join(tex.split())
    return spaced(_Reading(tex).sequence())


class _Reading:
    """One pass over the tokens of a formula."""

    def __init__(self, tex: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(tex)
        self.place = 0
        self.depth = 0

    def sequence(self, end: str = "") -> str:
        """Read up to a token that ends it, or to the end."""
        parts: list[str] = []
        self.depth += 1
        while self.place < len(self.tokens):
            here = self.tokens[self.place]
            if here == end:
                self.place += 1
                break
            if here in {"^", "_"}:
                self.place += 1
                parts.append(above(self.argument()) if here == "^" else below(self.argument()))
            else:
                parts.append(self.unit())
        self.depth -= 1
        return "".join(parts)

    def argument(self) -> str:
        """Read what a command applies to: a group, a command or one character."""
        while self.place < len(self.tokens) and self.tokens[self.place].isspace():
            self.place += 1
        if self.place >= len(self.tokens):
            return ""
        here = self.tokens[self.place]
        if here[0] not in "\\{}^_&~" and len(here) > 1:
            self.tokens[self.place] = here[1:]
            return here[0]
        return self.unit().strip()

    def unit(self) -> str:
        """Read one token, with what belongs to it."""
        here = self.tokens[self.place]
        self.place += 1
        if here == "{":
            return self.sequence("}") if self.depth < _DEEPEST else ""
        if here[0] == "\\":
            made = _MADE.get(here[1:])
            return self.named(here[1:]) if made is None else made(self)
        if here in {"}", "^", "_"}:
            return ""
        return " " if here in {"&", "~"} or here.isspace() else here.replace("'", "′").replace("-", "−")

    def fraction(self) -> str:
        """Read what stands above and below a line."""
        upper = self.argument()
        return fraction(upper, self.argument())

    def choice(self) -> str:
        """Read a binomial coefficient."""
        upper = self.argument()
        return f"({upper} choose {self.argument()})"

    def root(self) -> str:
        """Read a root, with its degree in square brackets."""
        degree = ""
        if self.place < len(self.tokens) and self.tokens[self.place].startswith("["):
            inside, end, after = "".join(self.tokens[self.place :])[1:].partition("]")
            if end:
                degree = inside
                self.tokens[self.place :] = _TOKEN.findall(after)
        return root(self.argument(), degree)

    def double(self) -> str:
        """Read letters with double strokes."""
        return "".join(_DOUBLE.get(letter, letter) for letter in self.argument())

    def begin(self) -> str:
        """Read the beginning of a matrix or the like."""
        kind = self.argument().strip("*")
        if kind in {"array", "tabular"}:
            self.argument()
        return _OPENING.get(kind, "")

    def end(self) -> str:
        """Read its end."""
        return _CLOSING.get(self.argument().strip("*"), "")

    def named(self, name: str) -> str:
        """Write a command that is known by a table, or as it is."""
        if name in _ACCENTS:
            inside = self.argument()
            return accented(inside, _ACCENTS[name]) or inside
        if name in _PLAIN:
            return self.argument()
        if name in _FUNCTIONS:
            follows = self.tokens[self.place] if self.place < len(self.tokens) else ""
            return f" {name}" if follows[:1] in {"", "(", "[", "^", "_", "{"} else f" {name} "
        found = _SIGNS.get(name) or html5.get(f"{name};") or html5.get(f"{name.removeprefix('var')};")
        if found or name in _SIGNS:
            return found or ""
        return name if len(name) == 1 and not name.isalpha() else f"\\{name} "


_MADE: Final[dict[str, Callable[[_Reading], str]]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _Reading.fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _Reading.choice),
    **dict.fromkeys(("mathbb", "mathbbm", "Bbb"), _Reading.double),
    "sqrt": _Reading.root,
    "begin": _Reading.begin,
    "end": _Reading.end,
}
