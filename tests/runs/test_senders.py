"""How many requests go at once."""

import pytest

from lib.runs.senders import width_after


@pytest.mark.parametrize(
    ("width", "went_well", "waiting", "most", "then"),
    [
        (4, True, 9, 8, 5),
        (7, True, 1, 8, 8),
        (8, True, 9, 8, 8),
        (4, True, 0, 8, 4),
        (4, False, 9, 8, 3),
        (2, False, 0, 8, 1),
        (1, False, 9, 8, 1),
        (4, True, 9, 2, 4),
    ],
)
def test_more_go_while_webflow_keeps_up_and_fewer_when_it_does_not(
    width: int, went_well: bool, waiting: int, most: int, then: int
) -> None:
    assert width_after(width, went_well, waiting, most) == then


def test_the_width_goes_from_the_first_to_the_most_and_down_to_one() -> None:
    widths = [2]
    for went_well in [True] * 9 + [False] * 9:
        widths.append(width_after(widths[-1], went_well, 99, 6))
    assert widths == [2, 3, 4, 5, *[6] * 6, 5, 4, 3, 2, *[1] * 5]
