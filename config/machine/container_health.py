"""Asked by the container engine whether a program of ours still works.

python -m config.machine.container_health web|beat
"""

from __future__ import annotations

import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

WEB_ADDRESS = "http://127.0.0.1:8000/health/ready"
BEAT_FILES = ("/tmp", "beat-schedule*")  # noqa: S108 - the container's own memory disk
# Beat writes its schedule every three minutes.
BEAT_MAY_BE_SILENT = 600


def web_is_ready(address: str = WEB_ADDRESS) -> bool:
    """Ask the web server under a name it answers to: it refuses every other host, also itself."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    request = urllib.request.Request(address, headers={"Host": host})  # noqa: S310 - an address of our own
    try:
        with urllib.request.urlopen(request, timeout=8) as answer:  # noqa: S310
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def beat_is_alive(folder: str = BEAT_FILES[0], pattern: str = BEAT_FILES[1]) -> bool:
    """Whether beat has written its schedule lately."""
    ages = [time.time() - path.stat().st_mtime for path in Path(folder).glob(pattern)]
    return bool(ages) and min(ages) < BEAT_MAY_BE_SILENT


def main() -> int:
    if sys.argv[1:] == ["web"]:
        return 0 if web_is_ready() else 1
    if sys.argv[1:] == ["beat"]:
        return 0 if beat_is_alive() else 1
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main())
