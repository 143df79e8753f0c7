"""A report as text, for a terminal, a comment, a page or a picture."""
