"""Moments as the visitor's own clock shows them."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from babel.dates import format_datetime

from lib.words.language import spoken
from lib.words.say import say


def zone_name() -> str:
    """The visitor's time zone, `Europe/Berlin`; UTC where their browser does not tell."""
    return str(_zone())


def moment(when: datetime) -> str:
    """`5 November 2026, 02:48`."""
    form = say("d MMMM yyyy, HH:mm")
    return format_datetime(when.astimezone(_zone()), form, locale=str(spoken()))


def short_moment(when: datetime) -> str:
    """`2026-11-05 02:48`, for tables."""
    return f"{when.astimezone(_zone()):%Y-%m-%d %H:%M}"


def clock(when: datetime) -> str:
    """`02:48:31`."""
    return f"{when.astimezone(_zone()):%H:%M:%S}"


def _zone() -> tzinfo:
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
