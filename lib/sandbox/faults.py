"""Faults on order: what the next answers shall suffer."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    """429, 500 and 503 answer so; slow waits first; dropped hangs up before, lost after the request was applied; body
    answers with a given status and body, before or after that."""

    TOO_MANY = "429"
    INTERNAL = "500"
    UNAVAILABLE = "503"
    SLOW = "slow"
    DROPPED = "dropped"
    LOST = "lost"
    BODY = "body"


WEB_PAGE = "<!DOCTYPE html><title>One moment</title><p>Checking your connection.</p>"


@dataclass(slots=True, kw_only=True)
class Fault:
    """One order: the next `count` requests that fit, after `skip` fitting ones. "" fits everything.

    `status` and `body` are what the kind "body" answers: a text as it is, anything else as JSON. `applied`: the request
    is carried out all the same. `is_over`: it was withdrawn.
    """

    kind: FaultKind
    count: int = 1
    skip: int = 0
    seconds: float = 1.0
    method: str = ""
    path: str = ""
    token: str | None = None
    status: int = 200
    body: Any = WEB_PAGE
    applied: bool = False
    is_over: bool = False

    def fits(self, token: str, method: str, path: str) -> bool:
        """Whether this order is about such a request."""
        return self.token in (None, token) and self.method in ("", method) and self.path in path


class Faults:
    """Orders, served first come, first served."""

    def __init__(self) -> None:
        self._orders: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Add an order."""
        self._orders.append(fault)

    def clear(self, token: str | None = None) -> None:
        """Forget all orders, or those about one token."""
        self._orders = [fault for fault in self._orders if token not in (None, fault.token)]

    def withdraw(self, fault: Fault) -> None:
        """Forget this order, also for requests that suffer from it now: what is slow goes on at once."""
        fault.is_over = True
        self._orders = [other for other in self._orders if other is not fault]

    def next(self, token: str, method: str, path: str) -> Fault | None:
        """The fault this request shall suffer, if any; uses the order up."""
        for fault in self._orders:
            if fault.fits(token, method, path):
                return self._serve(fault)
        return None

    def _serve(self, fault: Fault) -> Fault | None:
        if fault.skip:
            fault.skip -= 1
            return None
        fault.count -= 1
        if fault.count <= 0:
            self._orders.remove(fault)
        return fault
