"""Markdown as GitHub shows it: what lives in the page, and what is only text."""

import re
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

# Comments break lines where they break; raw HTML is let through, so that it is seen.
OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_HARDBREAKS | Options.CMARK_OPT_FOOTNOTES
EXTENSIONS = ["table", "autolink", "strikethrough", "tasklist"]

# What GitHub makes of plain text after Markdown is done.
AFTERWARDS = {
    "a mention": re.compile(r"@[A-Za-z0-9_-]"),
    "a reference": re.compile(r"#\d|\bgh-\d", re.IGNORECASE),
    "a commit": re.compile(r"\b[0-9a-f]{7,40}\b", re.IGNORECASE),
    "a picture": re.compile(r":[A-Za-z0-9_+-]+:"),
    "a link": re.compile(r"https?://|\bwww\.", re.IGNORECASE),
}

FORMULA = re.compile(r"(?<!\\)\$\S")


class Page(HTMLParser):
    """
    A comment as HTML, taken apart.

    Attributes:
        tags: Every tag in its order, with its attributes; an end has a slash.
        text: What stands outside code, where GitHub looks for mentions.
        code: What stands in each code element.
    """

    def __init__(self, markdown):
        super().__init__()
        self.markdown = markdown
        self.html = cmarkgfm.markdown_to_html_with_extensions(
            markdown, options=OPTIONS, extensions=EXTENSIONS
        )
        self.tags, self.texts, self.code = [], [], []
        self._open = []
        self.feed(self.html)
        self.close()
        self.text = "\n".join(self.texts)
        self.unclosed = self._open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(attrs)))
        if tag not in {"br", "hr", "img", "input"}:
            self._open.append(tag)
        if tag == "code":
            self.code.append("")

    def handle_endtag(self, tag):
        self.tags.append((f"/{tag}", ()))
        if self._open[-1:] == [tag]:
            self._open.pop()

    def handle_comment(self, data):
        self.tags.append(("comment", data))

    def handle_data(self, data):
        if "code" in self._open:
            self.code[-1] += data
        else:
            self.texts.append(data)

    def count(self, tag):
        return sum(name == tag for name, _ in self.tags)

    def wakes(self):
        """Give what GitHub would bring to life in the text."""
        return [name for name, pattern in AFTERWARDS.items() if pattern.search(self.text)]


def formulas(markdown):
    """Give the dollars that open a formula: GitHub looks for them in the Markdown."""
    outside = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", markdown)
    return FORMULA.findall(outside)
