"""Starts a Moyun server of its own for one test file and speaks to its admin listener."""

import json
import os
import socket
import subprocess
import urllib.request
from dataclasses import dataclass

REGION = "cn-hangzhou"
ZONE = "cn-hangzhou-h"

# The server refuses timestamps more than fifteen minutes off its clock, and every client here
# stamps its requests with the real time. So one server's manual clock may not run further ahead.
ADVANCE_MAX_S = 13 * 60


@dataclass(frozen=True)
class Account:
    """A fresh account, as `POST /admin/accounts` tells it."""

    uid: str
    login_name: str
    access_key_id: str
    access_key_secret: str


class Server:
    """One running server, with a manual clock unless told otherwise. Its state ends with it."""

    def __init__(self, clock="manual"):
        self.port = _free_port()
        self._admin = f"127.0.0.1:{_free_port()}"
        self._advanced_s = 0
        self._process = subprocess.Popen(
            [
                os.environ["MOYUN_BIN"],
                "serve",
                "--ephemeral",
                "--listen",
                self.address,
                "--admin-listen",
                self._admin,
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            ready = self._process.stdout.readline()
            if not ready:
                raise RuntimeError(f"moyun ended before it was ready, exit code {self._process.wait()}")
            self._tell("PATCH", "/admin/world/clock", {"mode": clock})
        except BaseException:
            self.stop()
            raise

    @property
    def address(self):
        """Host and port of the API listener."""
        return f"127.0.0.1:{self.port}"

    @property
    def admin(self):
        """Host and port of the admin listener."""
        return self._admin

    def account(self):
        """Makes an account that no other test knows."""
        told = self._tell("POST", "/admin/accounts", {})
        return Account(
            str(told["uid"]), told["login_name"], told["access_key_id"], told["access_key_secret"]
        )

    def advance(self, seconds):
        """Moves the manual clock."""
        self._advanced_s += seconds
        assert self._advanced_s <= ADVANCE_MAX_S, "the clock would leave the window of real timestamps"
        self._tell("POST", "/admin/clock/advance", {"seconds": seconds})

    def until(self, reached, what):
        """Advances the clock, five seconds a step and a minute at most, until `reached()` holds."""
        for _ in range(12):
            if reached():
                return
            self.advance(5)
        assert reached(), f"not within a minute of the server's time: {what}"

    def stop(self):
        """Ends the process."""
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()

    def _tell(self, method, path, body):
        request = urllib.request.Request(
            f"http://{self._admin}{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        with _DIRECT.open(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text.strip() else None


# A proxy set for the machine must not see what goes to the loopback address.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
