"""Dates and times as machines write them, which need no thought: a whole column at once."""

from datetime import tzinfo

import numpy as np
import pandas as pd

from lib.fields.usual import Values, none

# What machines write, and needs no thought, in years whose time zones have whole minutes.
DAY = r"(?:19[7-9]|20[0-3])\d-\d\d-\d\d"
LOCAL = rf"{DAY}[T ]\d\d:\d\d(?::\d\d)?"
IN_UTC = rf"{DAY}[T ]\d\d:\d\d(?::\d\d(?:\.\d{{1,3}})?)?Z"
USUAL = f"{DAY}|{LOCAL}|{IN_UTC}"
STORED = rf"{DAY}T\d\d:\d\d:\d\d(?:\.\d{{1,6}})?Z"


def usual_instants(texts: pd.Series, zone: tzinfo, has_time: bool) -> Values:
    """The values of days and moments written as machines write them; None for others, and where clocks are changed."""
    is_day, is_local, is_utc = (texts.str.fullmatch(form).to_numpy(dtype=bool) for form in (DAY, LOCAL, IN_UTC))
    known = is_day | is_local | is_utc
    values = none(texts)
    moments = pd.DatetimeIndex(pd.to_datetime(texts[known].str.rstrip("Z"), format="ISO8601", errors="coerce"))
    is_midnight = moments == moments.normalize()
    stands = is_utc[known] | (is_midnight & (not has_time))  # a day is kept in UTC where the field holds days
    theirs = moments.tz_localize(zone, ambiguous="NaT", nonexistent="NaT").tz_convert(None)
    instants = np.where(stands, moments.to_numpy("datetime64[ms]"), theirs.to_numpy("datetime64[ms]"))
    written = np.char.add(np.datetime_as_string(instants), "Z").astype(object)
    written[np.isnat(instants)] = None
    values[known] = written
    return values


def usual_texts(stored: pd.Series, with_time: bool) -> pd.Series:
    """Moments as Webflow sends them, as the texts of an export; missing for all others."""
    seconds = stored.str.slice(0, 19).where(stored.str.fullmatch(STORED))
    moments = pd.to_datetime(seconds, format="ISO8601", errors="coerce")
    is_day = (moments == moments.dt.normalize()) & (not with_time)
    texts: pd.Series = seconds.str.slice(0, 10).where(is_day, seconds + "Z").where(moments.notna())
    return texts
