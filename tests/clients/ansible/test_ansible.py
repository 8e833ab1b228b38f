"""Ansible with the modules of Alibaba Cloud (footmark): V1, GET and POST, query, answers in JSON.

The modules know no endpoint: they ask the cloud's own hosts over HTTP, by the proxy that they are told, which is the server.
They sleep by themselves until what they make is there, so the server's clock runs on.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from moyun import REGION, Server

HERE = Path(__file__).parent
PLAYBOOK = Path(sys.executable).with_name("ansible-playbook")
RECAP = re.compile(r"^localhost +: ok=(\d+) +changed=(\d+) +unreachable=0 +failed=0 ", re.MULTILINE)


@pytest.fixture
def server():
    running = Server(clock="real")
    yield running
    running.stop()


def test_playbook_makes_keeps_and_takes_down(server, tmp_path):
    account = server.account()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "HTTP_PROXY": f"http://{server.address}",
        "ALICLOUD_ACCESS_KEY": account.access_key_id,
        "ALICLOUD_SECRET_KEY": account.access_key_secret,
        "ALICLOUD_REGION": REGION,
    }
    assert changes("present.yml", environment) == 5
    assert changes("present.yml", environment) == 0
    assert changes("absent.yml", environment) == 6


def changes(playbook, environment):
    """Plays a playbook without a failure. Returns how many of its tasks changed something."""
    played = subprocess.run(
        [PLAYBOOK, HERE / playbook], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    recap = RECAP.search(played.stdout)
    assert recap, played.stdout + played.stderr
    return int(recap[2])
