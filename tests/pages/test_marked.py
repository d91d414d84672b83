"""Claims about texts beside each other as HTML: whatever they are, they stay texts."""

from collections.abc import Sequence
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as some

from lib.model.piece import Mark, Piece
from lib.stages.word_diff import word_diff
from pages.shared.marked import compared, plain

HOSTILE = some.lists(
    some.sampled_from(
        ["<", ">", "&", '"', "'", "</del>", "<script>", "<img src=x onerror=alert(1)>", "&lt;", "a", "\n"]
    )
).map("".join)
TEXTS = some.text() | HOSTILE


class Seen(HTMLParser):
    """What a browser makes of HTML: its tags with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{tag} {attrs}" if attrs else tag)

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.tags.append("comment")

    def handle_data(self, data: str) -> None:
        self.text += data


def normal(text: str) -> str:
    """Without the characters that HTML has no form for."""
    return "".join(char for char in text if char.isprintable() or char == "\n")


def tags_of(pieces: Sequence[Piece]) -> list[str]:
    """What may stand around these pieces, and nothing else."""
    named = {Mark.GONE: "del", Mark.ADDED: "ins", Mark.CUT: "em"}
    marks = [named[piece.mark] for piece in pieces if piece.mark in named]
    return [tag for name in marks for tag in (name, f"/{name}")]


def without_signs(text: str) -> str:
    """Without what stands for nothing, and between two texts of which nothing is the same."""
    return text.replace("(empty)", "").replace("→", "").replace(" ", "").replace("\n", "")


@given(TEXTS, TEXTS)
def test_no_text_becomes_more_than_a_text(now: str, after: str) -> None:
    pieces = word_diff(normal(now), normal(after))
    seen = Seen(compared(pieces))
    assert seen.tags == tags_of(pieces)
    text = "".join(piece.text for piece in pieces)
    assert without_signs(seen.text) == without_signs(text)


@given(TEXTS)
def test_what_is_read_is_the_text(text: str) -> None:
    seen = Seen(plain(normal(text)))
    assert (seen.tags, seen.text) == ([], normal(text))


@given(some.lists(some.builds(Piece, some.sampled_from(Mark), some.text("<>&\"'ab", min_size=1))))
def test_all_pieces_are_shown_in_their_order(pieces: list[Piece]) -> None:
    seen = Seen(compared(pieces))
    assert seen.tags == tags_of(pieces)
    text = "".join(piece.text for piece in pieces)
    assert without_signs(seen.text) == text


def test_where_nothing_stays_one_leads_to_the_other() -> None:
    assert compared(word_diff("169", "179")) == "<del>169</del> → <ins>179</ins>"
    assert compared(word_diff("", "179")) == "(empty) → <ins>179</ins>"
    assert compared(word_diff("169", "")) == "<del>169</del> → (empty)"
    assert compared(word_diff("a mug", "a cup")) == "a <del>mug</del> <ins>cup</ins>"


def test_a_colour_stands_before_its_value() -> None:
    told = compared(word_diff("teal", "#fff"), ("rgb(0 128 128 / 1)", ""))
    assert told.index("rgb(0 128 128 / 1)") < told.index("teal")
    assert Seen(told).tags[0].startswith("span")
