"""A private Redis-compatible server for Celery, reached by a socket in a private folder."""

from __future__ import annotations

import shutil
import socket
import subprocess
from pathlib import Path
from urllib.parse import quote

from config.machine import engines, places, processes
from config.machine.places import MachineError


class Broker:
    """One server process that keeps nothing on disk: every job is also a row in PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        program = engines.installed_broker() or engines.wheel_broker()
        if program is None:
            raise MachineError("No Redis or Valkey was found. Set REDIS_URL, or install the package 'redis-server'.")
        self.program = program
        self.folder = folder
        self.account = places.engine_account()
        self.sockets = places.socket_folder_path(folder)
        self.socket = self.sockets / "broker.sock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """REDIS_URL of the running server."""
        return f"unix://{quote(str(self.socket), safe='/')}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        places.private_folder(self.folder, self.account)
        places.private_folder(self.sockets, self.account)
        arguments = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "save": "",
            "appendonly": "no",
            "dir": str(self.folder),
            "daemonize": "no",
        }
        log_path = self.folder.with_name(self.folder.name + ".log")
        with log_path.open("wb") as log:
            self.process = processes.start(
                [
                    self.program,
                    *(part for name, value in arguments.items() for part in (f"--{name}", value)),
                ],
                account=self.account,
                folder=self.folder,
                log=log,
            )
        if not processes.wait_until(self._ready, self.process):
            self.stop()
            raise MachineError(f"The broker did not start:\n{log_path.read_text(errors='replace')[-2000:]}")

    def _ready(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(1)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def stop(self) -> None:
        if self.process is not None:
            processes.stop(self.process, patience=5)
            self.process = None
        shutil.rmtree(self.sockets, ignore_errors=True)
