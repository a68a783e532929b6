"""An article laid out in blocks: clean HTML becomes a Document, a Document becomes text."""
