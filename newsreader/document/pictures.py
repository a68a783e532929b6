"""What is said in place of a picture."""

from __future__ import annotations


def described(alternative: str, title: str) -> str:
    """Put together a picture's text alternative and its title, which comics use for a second joke.

    What says the same twice is said once; a title without a space is the name of a file.
    """
    if not title or title in alternative:
        return alternative
    if alternative in title:
        return title if " " in title or not alternative else alternative
    return f"{alternative} ({title})" if " " in title else alternative
