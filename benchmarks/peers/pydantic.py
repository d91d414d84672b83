"""Pydantic v2, tuned: one adapter of a TypedDict, row by row, with as much of the rules in Rust as fits."""

import csv
import functools
import io
from datetime import datetime
from typing import Annotated, Any, Required

from benchmarks import rules
from benchmarks.rules import Errors, Item
from benchmarks.sheets import REQUIRED

NEEDS = ("pydantic",)


def read(content: bytes) -> tuple[list[Item], Errors]:
    """Items and errors."""
    from pydantic import ValidationError

    validate = _validator().validate_python
    rows = csv.reader(io.StringIO(content.decode(), newline=""))
    header = next(rows)
    slugs = rules.SLUGS
    items: list[Item] = []
    errors: Errors = []
    for number, row in enumerate(rows, 2):
        texts = {column: stripped for column, text in zip(header, row, strict=True) if (stripped := text.strip())}
        try:
            values = validate(texts)
        except ValidationError as error:
            told = error.errors(include_url=False, include_context=False, include_input=False)
            errors += [(number, column) for column in dict.fromkeys(str(one["loc"][0]) for one in told)]
            continue
        item_id = values.pop("Item ID")
        fields = {slugs[column]: value for column, value in values.items()}
        items.append({"id": item_id, "fieldData": fields, "isDraft": False})
    return items, errors


@functools.cache
def _validator() -> Any:
    from annotated_types import Ge, MaxLen, MinLen
    from pydantic import AfterValidator, BeforeValidator, StringConstraints, TypeAdapter
    from typing_extensions import TypedDict

    def matching(column: str) -> Any:
        return Annotated[str, StringConstraints(pattern=rules.PATTERNS[column])]

    def known(column: str) -> Any:
        return Annotated[str, AfterValidator(functools.partial(rules.known, column))]

    kinds: dict[str, Any] = {
        "Item ID": matching("Item ID"),
        "Name": Annotated[str, MinLen(1), MaxLen(100)],
        "Summary": Annotated[str, MinLen(10), MaxLen(200)],
        "Body": Annotated[str, MinLen(10)],
        "Price": Annotated[matching("Price"), AfterValidator(_number), Ge(0)],
        "Featured": bool,
        "Published at": Annotated[datetime, AfterValidator(_written)],
        "Email": matching("Email"),
        "Phone": matching("Phone"),
        "Website": matching("Website"),
        "Accent": matching("Accent"),
        "Category": known("Category"),
        "Author": known("Author"),
        "Tags": Annotated[list[known("Tags")], BeforeValidator(_parts)],
        "Hero": Annotated[matching("Hero"), AfterValidator(_file)],
    }
    wanted = {column: Required[kind] if column in REQUIRED else kind for column, kind in kinds.items()}
    return TypeAdapter(TypedDict("Row", wanted, total=False)).validator  # type: ignore[operator]


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _written(moment: datetime) -> str:
    return moment.isoformat()[:19] + ".000Z"


def _parts(text: str) -> list[str]:
    return text.split("; ")


def _file(text: str) -> dict[str, str]:
    return {"url": text}
