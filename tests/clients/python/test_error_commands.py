"""The commands on the pages of errors, run as a reader runs them: by bash, with `aliyun`, curl, jq and openssl.

Each row's commands begin with a reset, so one server serves them all. They carry their own clock.
"""

import html
import json
import os
import re
import subprocess

import pytest

from moyun import Server

# What `moyun docs export` calls the file with everything.
EVERYTHING = "moyun.json"

# Runs the lines of a row, and keeps what the refused and the mended request answered, and what the server says of them.
SCRIPT = """\
{begin}
{given}
{{
{refused}
}} > refused 2>&1
curl -sS "$ADMIN/requests" > refused.json
{mend}
{{
{mended}
}} > mended 2>&1
curl -sS "$ADMIN/requests" > mended.json
wait
"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """The reference as data."""
    folder = tmp_path_factory.mktemp("reference")
    export = [os.environ["MOYUN_BIN"], "docs", "export", "--format", "json", "--lang", "en", folder]
    subprocess.run(export, check=True)
    return json.loads((folder / EVERYTHING).read_text())


@pytest.fixture(scope="module")
def server():
    running = Server()
    yield running
    running.stop()


def test_commands_meet_their_rows_and_mend_them(everything, server, tmp_path):
    rows = [row for row in everything["errors"] if row["commands"]]
    assert len(rows) > 300
    wrong = {row["id"]: told for row in rows for told in [run(everything["begin"], row, server, tmp_path)] if told}
    assert not wrong, "\n\n".join(f"{row}: {told}" for row, told in wrong.items())


def run(begin, row, server, folder):
    """Runs the commands of a row. Returns what is wrong about them, if anything is."""
    commands = row["commands"]
    script = SCRIPT.format(
        begin=begin,
        given="\n".join(commands["given"]),
        refused=commands["refused"],
        mend="\n".join(commands["mend"]),
        mended=commands["mended"] or ":",
    )
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "NO_PROXY": "127.0.0.1",
        "API": f"http://{server.address}",
        "ADMIN": f"http://{server.admin}/admin",
    }
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    answer = html.unescape((folder / "refused").read_text())
    problems = []
    if latest(folder / "refused.json") != (row["status"], row["errorCode"]):
        problems.append(f"expected {row['status']} {row['errorCode']}, the server says {latest(folder / 'refused.json')}")
    if row["errorCode"] not in answer or not re.search(pattern(row["errorMessage"]), answer):
        problems.append("the answer says neither its code nor its message")
    if commands["mended"] and latest(folder / "mended.json") != (200, None):
        problems.append(f"mended, {latest(folder / 'mended.json')}: {(folder / 'mended').read_text()}")
    return problems and "\n".join([*problems, answer, done.stdout[-2000:], done.stderr[-2000:], script[len(begin):]])


def latest(requests):
    """Status and code of the last request that a server tells of."""
    last = json.loads(requests.read_text())[0]
    return last["status"], last["code"]


def pattern(message):
    """A message of the catalogue, in which a word within braces stands for what the request says."""
    return re.sub(r"\\\{[^}]*\\\}", ".*", re.escape(message))
