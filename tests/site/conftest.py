"""What every test gets: a server and a browser for all of them, the browser as if it were new."""

import pytest

from browser import Browser
from moyun import Server


@pytest.fixture(scope="session")
def server():
    running = Server()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium():
    running = Browser()
    yield running
    running.stop()


@pytest.fixture
def browser(chromium):
    chromium.reset()
    return chromium


@pytest.fixture
def site(browser, server):
    """The browser, for pages of the server, and looked into at the end."""
    browser.home = f"http://{server.admin}"
    yield browser
    browser.check_behaviour(browser.home)
