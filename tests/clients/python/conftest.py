"""What every test file gets: a server of its own, and an account of its own in every test."""

import shutil

import pytest

pytest.register_assert_rewrite("moyun", "story", "tea")

from moyun import Server  # noqa: E402  (the line above must come first)

# The one client that no package registry has.
ALIYUN = shutil.which("aliyun")
collect_ignore = [] if ALIYUN else ["test_aliyun_cli.py", "test_error_commands.py"]


def pytest_report_header():
    """Says whether the tests of the `aliyun` command line run."""
    return f"aliyun: {ALIYUN or 'not on PATH, so its tests are left out'}"


@pytest.fixture(scope="module")
def server():
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def account(server):
    return server.account()
