"""Coverage-guided fuzzing with atheris, which changes what has led to code that nothing led to before.

`python -m tests.fuzz readers --seconds 120` (or `columns`) ends when the time is over, or at the first input that
raises, fails an assertion or takes too long: that input is then kept in `data/fuzz`, beside all that led to new code.
"""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

try:
    import atheris
except ModuleNotFoundError:
    sys.exit("Fuzzing needs atheris, which there is for Linux on x86_64 only.")

KEPT = Path("data/fuzz")
LONGEST_SECONDS = 10  # as long as the process that reads a file may take
MOST_MEGABYTES = 2_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("target", choices=("readers", "columns"))
    options.add_argument("--seconds", type=int, default=120)
    given = options.parse_args()
    with atheris.instrument_imports(include=["lib"]):  # its branches are counted
        target = import_module(f"tests.fuzz.{given.target}")
    kept = KEPT / given.target
    for folder in ("seeds", "corpus"):
        (kept / folder).mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (kept / "seeds" / str(number)).write_bytes(seed)
    arguments = [
        sys.argv[0],
        str(kept / "corpus"),
        str(kept / "seeds"),
        f"-artifact_prefix={kept}{os.sep}",
        f"-max_total_time={given.seconds}",
        f"-max_len={target.MOST_BYTES}",
        f"-timeout={LONGEST_SECONDS}",
        f"-rss_limit_mb={MOST_MEGABYTES}",
        "-print_final_stats=1",
    ]

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        return target.mutated(data, most, seed, atheris.Mutate)

    target.get_ready()
    atheris.Setup(arguments, target.run, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
