"""The system libraries WeasyPrint needs, which no Python package brings along."""

import ctypes
from typing import Final

# Debian and Ubuntu name -> the library file WeasyPrint opens.
LIBRARIES: Final = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
# Cuts fonts down quickly; everything also works without it.
FOR_SPEED: Final = "libharfbuzz-subset0"
INSTALL_COMMAND: Final = "apt-get install " + " ".join(LIBRARIES)


def missing_libraries() -> list[str]:
    """The system packages that are not installed, by their Debian names."""
    return [package for package, file in LIBRARIES.items() if not _opens(file)]


def _opens(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True
