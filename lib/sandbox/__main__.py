"""Run the sandbox by itself: `python -m lib.sandbox --port 8780 --token demo`."""

import argparse
from collections.abc import Sequence

from lib.sandbox.behaviour import SWITCHES, Behaviour
from lib.sandbox.faults import FaultKind
from lib.sandbox.server import Sandbox


def parser() -> argparse.ArgumentParser:
    """The command line."""
    words = argparse.ArgumentParser(prog="python -m lib.sandbox", description="A faithful Webflow on loopback.")
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--port", type=int, default=8780, help="0 takes any free port")
    words.add_argument("--token", action="append", help="a token with a world of its own; may be repeated")
    words.add_argument("--budget", type=int, default=60, help="requests in a window")
    words.add_argument("--window", type=float, default=60.0, help="seconds of a window")
    words.add_argument("--latency", type=float, default=0.0, help="seconds that every answer takes")
    words.add_argument("--seed", choices=("demo", "empty"), default="demo")
    words.add_argument("--switch", action="append", default=[], choices=SWITCHES, help="behave otherwise than usual")
    words.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="KIND[:COUNT]",
        help=f"what the next requests suffer: {', '.join(FaultKind)}; for instance 429:3",
    )
    words.add_argument(
        "--app",
        nargs=3,
        action="append",
        default=[],
        metavar=("CLIENT_ID", "SECRET", "REDIRECT_URL"),
        help="an app that people may allow to act for them, in the world of the first token",
    )
    return words


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until interrupted; prints one line when ready."""
    given = parser().parse_args(arguments)
    box = Sandbox(
        host=given.host,
        port=given.port,
        budget=given.budget,
        window_seconds=given.window,
        latency_seconds=given.latency,
    )
    tokens = given.token or ["demo"]
    behaviour = {name: not getattr(Behaviour(), name) for name in given.switch}
    for token in tokens:
        box.add_world(token, seed=given.seed, behaviour=behaviour)
    for client_id, secret, redirect_url in given.app:
        box.register_app(client_id, secret=secret, redirect_url=redirect_url, token=tokens[0])
    for fault in given.fault:
        kind, _, count = fault.partition(":")
        box.order_fault(kind, count=int(count or 1))
    print(f"Sandbox ready at {box.url} for {', '.join(tokens)}", flush=True)
    box.run()


if __name__ == "__main__":
    main()
