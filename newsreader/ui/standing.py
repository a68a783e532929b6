"""Where a person stands on a page: kept by its words, whatever becomes of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.model import Place

if TYPE_CHECKING:
    from newsreader.ui.page import Page
    from newsreader.ui.sheet import Sheet


class Standing:
    """The place on top of one article's page, and where each of its two texts was left."""

    def __init__(self) -> None:
        self.place = Place()
        self._under: tuple[str, int] | None = None  # what stands on top, where that is under the article
        self._wanted: tuple[Place, ...] = ()  # places to go to, the first that is there, once the page is set
        self._left_at: dict[bool, Place] = {}  # where the person left each of the article's two texts
        self._moved = False  # whether the person moved since this text is shown

    def begin(self, page: Page | None) -> None:
        """Another article begins at its page's place; None is no article."""
        self._left_at.clear()
        self._wanted = (page.place,) if page is not None and page.place is not None else ()
        self._stand(page)

    def change_text(self, before: Page, page: Page, sheet: Sheet | None) -> None:
        """The other text of the article, or the same as it is now: stay at the same words, else where it was left."""
        here = sheet.with_words(self.place) if sheet is not None else self.place
        if before.document is not None:
            self._left_at[before.full_text] = here
        left = (self._left_at.get(page.full_text), page.place)
        places = (here, *left) if self._moved else (*left, here)
        self._wanted = tuple(place for place in places if place is not None)
        self._stand(page)

    def _stand(self, page: Page | None) -> None:
        self.place, self._under = Place() if page is None else Place(page.full_text), None
        self._moved = False

    def come_to(self, sheet: Sheet, top: int) -> None:
        """The person came to another line, which is on top now."""
        self.place, self._under, self._moved = sheet.place(top), sheet.key_of(top), True

    def top_on(self, sheet: Sheet, before: Sheet | None, top: int) -> int:
        """The line to put on top of a page that was set anew, where `top` was it on the one `before`.

        Of what is under the article it is the same, else where the person was in its text.
        """
        self._find_wanted(sheet)
        if self._under is not None:
            sheet.body.lay()
            under = sheet.line_of_key(*self._under)
            if under is not None:
                return under
        same = before is not None and before.page.article_id == sheet.page.article_id and sheet.stands_as(before)
        if same and sheet.place(top) == self.place:
            return top  # also in the head, whose lines are one place
        return sheet.line_of(self.place)

    def _find_wanted(self, sheet: Sheet) -> None:
        """Come to the first of the places to go to that is there, as soon as there is a text."""
        if self._wanted and sheet.page.document is not None:
            found = (sheet.locate(place) for place in self._wanted)
            self.place = next((place for place in found if place is not None), self.place)
            self._wanted = ()
