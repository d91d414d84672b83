"""The file that keeps the records is for its owner only, and so is its folder, where it is ours alone.

On POSIX systems; elsewhere (Windows) the folder's own rights decide.
"""

import contextlib
import os
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700
COMPANIONS = ("", "-wal", "-shm", "-journal")  # what SQLite writes beside the file, with the rights of the file


def make_private(file: Path) -> None:
    """Create the file and its folder where they are missing, and take everybody else's rights away.

    A folder that was there before and holds other things too is left as it is. Rights that are not ours to change stay.
    Raises `OSError` when the file cannot be made.
    """
    folder = file.parent
    folder.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
    if os.name != "posix":
        return
    if _is_ours_alone(folder, file):
        _restrict(folder, FOLDER_MODE)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, FILE_MODE))
    for ending in COMPANIONS:
        _restrict(file.with_name(file.name + ending), FILE_MODE)


def _is_ours_alone(folder: Path, file: Path) -> bool:
    """Whether nothing but the records lies in there: never somebody's home, or a folder for everybody's files."""
    return {entry.name for entry in folder.iterdir()} <= {file.name + ending for ending in COMPANIONS}


def _restrict(path: Path, mode: int) -> None:
    with contextlib.suppress(FileNotFoundError, PermissionError):
        if path.stat().st_mode & 0o777 & ~mode:
            path.chmod(path.stat().st_mode & mode)
