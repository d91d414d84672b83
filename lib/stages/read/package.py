"""The parts of an .xlsx file, found as the standard says: names, places and capital letters are the writer's."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import IO

from lib.errors import UnreadableFile
from lib.stages.read import xml_stream
from lib.words.say import later, say

TYPES = "[content_types].xml"
QUICK = 3  # of 9: how hard to pack


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says about another one; `kind` is the last word of its type, `target` a name for `Package`."""

    id: str
    kind: str
    target: str


class Package:
    """The archive by names that do not depend on capital letters and slashes."""

    def __init__(self, content: bytes) -> None:
        """Raises `zipfile.BadZipFile`."""
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._entries = {canonical(entry.filename): entry for entry in self._archive.infolist()}

    @property
    def unpacked_bytes(self) -> int:
        """What the archive claims to hold; a claim only."""
        return sum(entry.file_size for entry in self._entries.values())

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def open(self, name: str) -> IO[bytes]:
        """The bytes of a part, unpacked as they are read; raises `KeyError`."""
        return self._archive.open(self._entries[name])

    def read(self, name: str, most: int) -> bytes:
        """The bytes of a part; raises `UnreadableFile` where there are more than `most`, or no such part."""
        if name not in self or self._entries[name].file_size > most:
            sentence = later("The part {part} of this workbook is missing, or too large to be changed.")
            raise UnreadableFile(say(sentence, part=name[:100]))
        return self._whole(name)

    def repacked(self, changed: Mapping[str, bytes | None]) -> bytes:
        """The archive with these parts instead of its own; None: without that part. Raises `UnreadableFile`."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK) as made:
            for name, entry in self._entries.items():
                content = changed[name] if name in changed else self._whole(name)
                if content is not None:
                    info = zipfile.ZipInfo(entry.filename, entry.date_time)
                    made.writestr(info, content, zipfile.ZIP_DEFLATED)
        return target.getvalue()

    @staticmethod
    def relations_part(name: str) -> str:
        """The part that says what the part `name` relates to."""
        folder, own_name = posixpath.split(name)
        return posixpath.join(folder, "_rels", f"{own_name}.rels")

    def relations(self, name: str) -> list[Relation]:
        """What the part `name` ("" for the package) relates to; [] if it does not say."""
        folder, rels = posixpath.dirname(name), self.relations_part(name)
        return [
            Relation(
                entry.get("Id", ""),
                entry.get("Type", "").rpartition("/")[2],
                canonical(posixpath.join("/", folder, entry.get("Target", "").replace("\\", "/"))),
            )
            for entry in self._elements(rels, "Relationship")
        ]

    def main_part(self) -> tuple[str, str]:
        """The name and the content type of the part that everything hangs on; "" where there is none."""
        types = {canonical(e.get("PartName", "")): e.get("ContentType", "") for e in self._elements(TYPES, "Override")}
        related = [relation.target for relation in self.relations("") if relation.kind == "officeDocument"]
        by_type = [name for name, content_type in types.items() if ".main" in content_type]
        found = next((name for name in (*related, *by_type) if name in self), "")
        return found, types.get(found, "").lower()

    def tab_parts(self) -> dict[str, str]:
        """The part that holds the cells of each tab, as far as it can be told."""
        book, _ = self.main_part()
        targets = {relation.id: relation.target for relation in self.relations(book)}
        found = {}
        for sheet in self._elements(book, "sheet"):
            ids = [value for name, value in sheet.items() if xml_stream.local(name) == "id" and name != "id"]
            part = next((target for target in map(targets.get, ids) if target and target in self), None)
            if part and "name" in sheet:
                found[sheet["name"]] = part
        return found

    def shared_texts(self) -> str | None:
        """The part with the texts that cells share, or None."""
        return self._part_of_book("sharedStrings")

    def styles(self) -> str | None:
        """The part with the formats of cells, or None."""
        return self._part_of_book("styles")

    def holds(self, name: str, element: str) -> bool:
        """Whether a part holds an element of this name."""
        return bool(self._elements(name, element))

    def _whole(self, name: str) -> bytes:
        return b"".join(xml_stream.pieces(partial(self.open, name), name))

    def _part_of_book(self, kind: str) -> str | None:
        book, _ = self.main_part()
        kinds = {relation.kind: relation.target for relation in self.relations(book)}
        name = kinds.get(kind)
        return name if name is not None and name in self else None

    def _elements(self, name: str, kind: str) -> list[dict[str, str]]:
        """The attributes of all elements of one kind in a part; [] if there is no such part."""
        found: list[dict[str, str]] = []

        def start(element: str, attributes: dict[str, str]) -> None:
            if xml_stream.local(element) == kind:
                found.append(attributes)

        if name in self:
            parser = xml_stream.parser()
            parser.StartElementHandler = start
            xml_stream.feed(parser.Parse, partial(self.open, name), name)
        return found


def canonical(name: str) -> str:
    """One spelling for all that mean the same part."""
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").lower()
