"""What every test file gets: a server of its own, and an account of its own in every test."""

import pytest

pytest.register_assert_rewrite("moyun", "story", "tea")

from moyun import Server  # noqa: E402  (the line above must come first)


@pytest.fixture(scope="module")
def server():
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def account(server):
    return server.account()
