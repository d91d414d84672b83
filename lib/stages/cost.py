"""What sending will cost: requests, and about how long at the token's limit."""

import math

WINDOW_SECONDS = 60
ASSUMED_LIMIT = 60  # Starter and Basic sites; others allow more (developers.webflow.com, "Rate Limits").
SECONDS_PER_REQUEST = 1.0


def seconds_to_send(requests: int, *, per_minute: int | None = None) -> float:
    """About how many seconds `requests` requests take, one after the other, within the limit per minute."""
    limit = per_minute or ASSUMED_LIMIT
    full_windows = max(math.ceil(requests / limit) - 1, 0)
    return max(full_windows * WINDOW_SECONDS + (requests - full_windows * limit) * SECONDS_PER_REQUEST, 0.0)


def in_words(seconds: float) -> str:
    """`about 6 seconds`, `about 3 minutes`."""
    if seconds < 90:
        whole = max(round(seconds), 1)
        return f"about {whole} second{'s' if whole != 1 else ''}"
    return f"about {round(seconds / 60)} minutes"
