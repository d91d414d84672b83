"""Model ↔ text and bytes, by pydantic, which knows dataclasses, enums and times."""

import json
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from pydantic import TypeAdapter

from lib.errors import Detail
from lib.model.plan import Change, Plan
from lib.model.row_status import RowStatus
from lib.model.run import Outcome
from lib.model.sheet import Sheet, Source

CHANGES = TypeAdapter(tuple[Change, ...])
OUTCOMES = TypeAdapter(tuple[Outcome, ...])
DETAILS = TypeAdapter(tuple[Detail, ...])
ROWS = TypeAdapter(tuple[int, ...])


def dumped(adapter: TypeAdapter[Any], value: object) -> str:
    """`value` as JSON text."""
    return adapter.dump_json(value).decode()


def loaded(adapter: TypeAdapter[Any], text: str) -> Any:
    """What `dumped` made a text of; an empty text is an empty tuple."""
    return adapter.validate_json(text) if text else ()


def outcomes_by_row(text: str) -> dict[int, Outcome]:
    """The outcomes of a batch, by the rows of its changes."""
    return {outcome.row: outcome for outcome in loaded(OUTCOMES, text)}


def packed(content: object) -> bytes:
    """JSON, compressed: tables of texts shrink to a fraction."""
    return zlib.compress(json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode(), level=1)


def unpacked(body: bytes) -> Any:
    """What `packed` packed."""
    return json.loads(zlib.decompress(body))


def rows_to_json(plan: Plan) -> dict[str, Any]:
    """The decision on every row; the changes stand in their batches."""
    return {
        "row": [int(row) for row in plan.statuses.index],
        "fate": [str(status) for status in plan.statuses],
        "reason": [str(reason) for reason in plan.reasons],
        "item_id": [str(item_id) for item_id in plan.item_ids],
    }


def plan_from_json(rows: dict[str, Any], changes: Iterable[Change]) -> Plan:
    """The plan again."""
    index = pd.Index(rows["row"], dtype="int64")
    return Plan(
        changes=tuple(changes),
        statuses=pd.Series([RowStatus(status) for status in rows["fate"]], index=index, dtype="object"),
        reasons=pd.Series(rows["reason"], index=index, dtype="object"),
        item_ids=pd.Series(rows["item_id"], index=index, dtype="str"),
    )


def table_to_json(table: pd.DataFrame) -> dict[str, Any]:
    """A table of texts and whole numbers, column by column."""
    plain = table.astype("object").where(table.notna(), None)
    columns = [[_plain(value) for value in plain.iloc[:, place]] for place in range(plain.shape[1])]
    return {"index": [int(row) for row in table.index], "labels": [str(c) for c in table.columns], "columns": columns}


def table_from_json(content: dict[str, Any]) -> pd.DataFrame:
    """The table again, as texts."""
    index = pd.Index(content["index"], dtype="int64")
    columns = [pd.Series(column, index=index, dtype="str") for column in content["columns"]]
    frame = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=index)
    return frame.set_axis(content["labels"], axis=1)


def sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    """The rows of the file and how it was read."""
    return {"source": TypeAdapter(Source).dump_python(sheet.source, mode="json"), "table": table_to_json(sheet.frame)}


def sheet_from_json(content: dict[str, Any]) -> Sheet:
    """The sheet again."""
    return Sheet(source=TypeAdapter(Source).validate_python(content["source"]), frame=table_from_json(content["table"]))


def moment(seconds: float) -> datetime:
    """A time of the database."""
    return datetime.fromtimestamp(seconds, UTC)


def clean(text: str) -> str:
    """`text` without the one character that PostgreSQL does not store, and without halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else int(value)
