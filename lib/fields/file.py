"""Images and files, which Webflow fetches from a web address.

It keeps them at addresses of its own (seen in the wild), where a file is known by its name alone.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import pandas as pd

from lib.fields.addresses import Listed, described, listed
from lib.fields.base import FieldKind, ReadContext, Rule
from lib.fields.column import each, is_empty, objects, problems_of, shown_by, value_of, with_words
from lib.fields.file_addresses import MAY_BE_NO_FILE, MAY_BE_NO_IMAGE, MENDS, words_about
from lib.fields.link import ADDRESS, ADDRESSES, name_left_out, url_of, web_address
from lib.fields.mend import Mend
from lib.fields.rehosted import is_copy, is_copy_at_webflow, is_copy_within_webflow
from lib.fields.usual import ADDRESS as ADDRESS_OF_FILE
from lib.fields.usual import Values
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Problem, Severity
from lib.words.say import later, say

MOST_IMAGES = 25  # documented: the most that a field of several images holds


class File(FieldKind):
    """One file, compared by its address: sending an unchanged one would import it again."""

    type = FieldType.FILE
    title = later("File")
    is_file = True
    is_tidied = True
    are_images: ClassVar[bool] = False

    def parse(self, text: str) -> Any:
        answer = web_address(text)
        return answer if isinstance(answer, Problem) else self._told([Listed(value_of(answer))], problems_of(answer))

    def usual(self, texts: pd.Series) -> Values:
        """One address that nothing is known against."""
        unusual = MAY_BE_NO_IMAGE if self.are_images else MAY_BE_NO_FILE
        is_usual = texts.str.fullmatch(ADDRESS_OF_FILE) & ~texts.str.contains(unusual, regex=True)
        return objects([{"url": text} if known else None for text, known in zip(texts, is_usual, strict=True)])

    def mends(self, field: Field, choices: ReadingChoices, context: ReadContext) -> Sequence[Mend]:
        return (*MENDS, *ADDRESSES)

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        """An alt text counts where the later value says one."""
        return super().same(before, after) & each(before, after, _has_said_alts)

    def meaning(self, value: Any) -> object:
        return url_of(value)

    def text_of(self, value: Any) -> str:
        return url_of(value)

    def pictures_of(self, value: Any) -> Sequence[str]:
        entries = entries_of(value) if self.are_images and value is not None else ()
        return [url for url in map(url_of, entries) if url.startswith("https://")]

    def told(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        return shown_by(values, lambda value: "; ".join(" ".join(_words(entry)) for entry in entries_of(value)))

    def readable(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        return shown_by(values, lambda value: "\n".join(line for entry in entries_of(value) for line in _words(entry)))

    def in_place_of(self, held: Any, value: Any) -> Any:
        """An alt text stays where the new value says nothing of it."""
        return self.sendable({"alt": alt_of(held)} | value if isinstance(value, dict) else value)

    def sendable(self, value: Any) -> Any:
        alt = alt_of(value)
        return {"url": url_of(value)} | ({"alt": alt} if alt else {})

    def is_stored(self, now: pd.Series, meant: pd.Series, before: pd.Series | None = None) -> pd.Series:
        """Alt texts that were sent must be there, and one that was taken away is not where all is as before."""
        stored = super().is_stored(now, meant, before) & each(now, meant, _has_alts)
        return stored if before is None else stored & ~(self.same(now, before) & each(now, meant, _differ_in_alts))

    def is_form(self, now: pd.Series, meant: pd.Series, before: pd.Series | None = None) -> pd.Series:
        """Files at Webflow's own addresses count as copies; right after sending, any new one of that name."""
        if before is None:
            return super().is_form(now, meant)
        return each(now, meant, lambda kept, sent: _are_copies(kept, sent, is_copy)) & ~self.same(now, before)

    def is_later(self, now: pd.Series, before: pd.Series) -> pd.Series:
        return each(now, before, lambda kept, earlier: _are_copies(kept, earlier, is_copy_within_webflow))

    def is_form_of(self, kept: Any, sent: Any) -> bool:
        return _are_copies(kept, sent, is_copy_at_webflow)

    def _told(self, entries: Sequence[Listed], words: Sequence[Problem]) -> Any:
        """The value of these addresses with what is to be said about it; the problem where one can never work."""
        about = words_about([entry.url for entry in entries], are_images=self.are_images)
        if about and about[0].severity is Severity.ERROR:
            return about[0]
        return with_words(self._value(entries), (*about, *words))

    def _value(self, entries: Sequence[Listed]) -> Any:
        return {"url": entries[0].url}


class Image(File):
    """One image."""

    type = FieldType.IMAGE
    title = later("Image")
    are_images = True


class MultiImage(File):
    """Several images, in order."""

    type = FieldType.MULTI_IMAGE
    title = later("Images")
    are_images = True

    def parse(self, text: str) -> Any:
        entries = described(text) or listed(text)
        if entries is None:
            return super().parse(text) if not ADDRESS.search(text) else _unclear()
        wrong = next((entry.url for entry in entries if not ADDRESS.fullmatch(entry.url)), None)
        if wrong is not None:
            return super().parse(wrong)
        fix = say("Only the addresses are sent, {number} of them.", number=len(entries))
        told = (name_left_out(None, fix).problem,)
        return self._told(entries, told if any(entry.is_named for entry in entries) else ())

    def _value(self, entries: Sequence[Listed]) -> Any:
        return [{"url": entry.url} | ({} if entry.alt is None else {"alt": entry.alt}) for entry in entries]

    def usual(self, texts: pd.Series) -> Values:
        return objects([[one] if one else None for one in super().usual(texts)])

    def rules(self, field: Field) -> tuple[Rule, ...]:
        return (
            Rule(
                kind=later("Too many images"),
                expected=say("at most {number} images", number=MOST_IMAGES),
                fix=say(
                    "Keep {number} addresses in this cell: Webflow holds no more in one field.", number=MOST_IMAGES
                ),
                holds=lambda values: values.map(len) <= MOST_IMAGES,
            ),
        )

    def meaning(self, value: Any) -> object:
        return _urls(value)

    def text_of(self, value: Any) -> str:
        """As an export has it; with alt texts where there are any, so that they can be mended in a sheet."""
        return "; ".join(f"{url_of(entry)} | {alt}" if (alt := alt_of(entry)) else url_of(entry) for entry in value)

    def sendable(self, value: Any) -> Any:
        return [super(MultiImage, self).sendable(entry) for entry in entries_of(value)]

    def in_place_of(self, held: Any, value: Any) -> Any:
        """Images that stay keep their alt texts, which a bare address would take away: those of the same address, or
        Webflow's copies."""
        left = entries_of(held)
        return self.sendable([_with_alt(entry, left) for entry in entries_of(value)])


def alt_texts(files: Any) -> str:
    """The alt texts of one file or several, in words."""
    alts = map(alt_of, entries_of(files))
    return "; ".join(say("alt text “{words}”", words=alt) if alt else say("no alt text") for alt in alts)


def alt_of(entry: Any) -> str:
    """The alt text of an image, "" for none."""
    alt = entry.get("alt") if isinstance(entry, dict) else None
    return alt if isinstance(alt, str) else ""


def entries_of(value: Any) -> list[Any]:
    """The files of a value, one or several."""
    return list(value) if isinstance(value, list) else [] if is_empty(value) else [value]


def _with_alt(entry: Any, left: list[Any]) -> Any:
    """The file with the alt text of its twin, which is then taken from what is `left`."""
    url = url_of(entry)
    same = (one for one in left if url_of(one) == url)
    copies = (one for one in left if is_copy_at_webflow(url_of(one), url))
    twin = next(same, None) or next(copies, None)
    if twin is None:
        return entry
    left.remove(twin)
    alt = alt_of(twin)
    return entry | {"alt": alt} if alt and isinstance(entry, dict) and "alt" not in entry else entry


def _are_copies(now: Any, meant: Any, twins: Callable[[str, str], bool]) -> bool:
    kept, sent = entries_of(now), entries_of(meant)
    return len(kept) == len(sent) > 0 and all(
        url_of(one) == url_of(other) or twins(url_of(one), url_of(other)) for one, other in zip(kept, sent, strict=True)
    )


def _has_alts(now: Any, meant: Any) -> bool:
    kept, wanted = ([alt_of(entry) for entry in entries_of(value)] for value in (now, meant))
    return len(kept) == len(wanted) and all(not alt or alt == other for alt, other in zip(wanted, kept, strict=True))


def _differ_in_alts(now: Any, meant: Any) -> bool:
    return [alt_of(entry) for entry in entries_of(now)] != [alt_of(entry) for entry in entries_of(meant)]


def _has_said_alts(now: Any, meant: Any) -> bool:
    """Whether images have the alt texts that were said; what has no word about one asks for none."""
    pairs = zip(entries_of(now), entries_of(meant), strict=False)
    return all(alt_of(one) == alt_of(other) for one, other in pairs if isinstance(other, dict) and "alt" in other)


def _words(entry: Any) -> list[str]:
    """An image or file: its address, and its alt text if it has one."""
    alt = alt_of(entry)
    return [url_of(entry), say("alt: “{words}”", words=alt)] if alt else [url_of(entry)]


def _unclear() -> Problem:
    return Problem(
        kind=later("Not a web address"),
        expected=say("addresses such as https://example.com/cat.jpg"),
        fix=say("Write nothing but addresses, with semicolons between them."),
    )


def _urls(value: Any) -> list[str]:
    return [url_of(entry) for entry in value]
