"""The style sheets follow the direction of the language: start and end, not left and right."""

import re

from tests.test_docs import ROOT

_PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|left|right|float|clear"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:|text-align\s*:\s*(?:left|right)\b"
)
ALLOWED = {
    ("components/reader.css", "left:"): "the left side of a comic, which has one in every language",
    ("components/reader.css", "right:"): "the right side of a comic",
}
"""Where a side is meant and not the way of the lines."""


def found(text: str) -> list[str]:
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return [re.sub(r"\s+", "", one) for one in _PHYSICAL.findall(plain)]


def test_no_sheet_says_left_or_right_unless_it_means_a_side() -> None:
    styles = ROOT / "static" / "css"
    said = {(str(file.relative_to(styles)), one) for file in styles.rglob("*.css") for one in found(file.read_text())}
    assert said == set(ALLOWED)


def test_a_side_is_noticed() -> None:
    sheet = ".a { margin-left: 1px; left:0; text-align: right; border-top-left-radius: 2px; float: right }"
    assert found(sheet) == ["margin-left:", "left:", "text-align:right", "border-top-left-radius:", "float:"]
    assert found(".a { margin-inline-start: 1px; inset-inline-end: 0; /* left: 0 */ padding-inline: 0 }") == []
