"""A real browser without a window, and what it did behind the pages."""

import json
import shutil

from selenium.webdriver import Chrome, ChromeOptions, Keys
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE_S = 20


class Browser:
    """One Chromium. Whatever a test opens is followed up by `check_behaviour`."""

    def __init__(self):
        options = ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for argument in ["--headless=new", "--no-sandbox", "--no-proxy-server", "--disable-dev-shm-usage"]:
            options.add_argument(argument)
        options.add_argument("--window-size=1280,900")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.home = ""
        self.driver = Chrome(options=options, service=Service(shutil.which("chromedriver")))

    def reset(self):
        """Forgets what a test emulated and what its pages did."""
        self.home = ""
        self.open("about:blank")
        self.emulate("clearDeviceMetricsOverride")
        self.emulate("setEmulatedMedia", features=[])
        self.emulate("setScriptExecutionDisabled", value=False)
        for log in ["browser", "performance"]:
            self.driver.get_log(log)

    def open(self, address):
        """Opens an address, or a path of the home."""
        self.driver.get(self.home + address if address.startswith("/") else address)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def press(self, *keys):
        """Types wherever the focus is."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def until(self, reached, what):
        return WebDriverWait(self.driver, PATIENCE_S, 0.05).until(lambda _: reached(), what)

    def at(self, end):
        """Waits until the address ends like this."""
        self.until(lambda: self.driver.current_url.endswith(end), f"not at {end}")

    def search(self, words):
        """Searches by keyboard alone, as the page says how."""
        self.press("/", words)
        self.until(lambda: self.all("#found li"), f"nothing found for {words}")

    def emulate(self, command, **arguments):
        self.driver.execute_cdp_cmd(f"Emulation.{command}", arguments)

    def script(self, text):
        return self.driver.execute_script(f"return {text}")

    def check_behaviour(self, home):
        """No page complained, and none asked anybody but the place it came from."""
        assert self.driver.get_log("browser") == []
        entries = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [
            entry["params"]["request"]["url"]
            for entry in entries
            if entry["method"] == "Network.requestWillBeSent"
        ]
        assert sent and all(url.startswith(home) for url in sent), sent

    def stop(self):
        self.driver.quit()


__all__ = ["Browser", "Keys"]
