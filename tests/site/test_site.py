"""The pages of the admin listener in a browser, as people use them."""

import json
import os
import subprocess
import urllib.error
import urllib.request

import pytest
from browser import Keys

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))

PAGES = [
    "/docs/zh/index.html",
    "/docs/zh/ecs/RunInstances.html",
    "/docs/en/ecs/DescribeInstances.html",
    "/docs/zh/common/calling.html",
    "/docs/en/common/world.html",
    "/docs/en/errors/index.html",
    "/docs/zh/errors/DeleteWithInstance.Conflict.html",
    "/requests?lang=en",
    "/requests?lang=zh",
    "/errors/MissingParameter?lang=en",
    "/errors/InvalidInstanceType.ValueNotSupported?lang=zh",
]


def refuse(server, action):
    """Makes a call without a signature. Returns the refusal."""
    url = f"http://{server.address}/?Action={action}&Version=2014-05-26&Format=JSON"
    with pytest.raises(urllib.error.HTTPError) as refusal:
        DIRECT.open(url, timeout=10)
    with refusal.value as answer:
        return json.loads(answer.read())


@pytest.mark.parametrize("language, title", [("zh", "API 参考"), ("en", "API reference")])
def test_the_index_leads_to_an_action(site, language, title):
    site.open(f"/docs/{language}")
    assert site.one("h1").text == title
    site.one('a[href="ecs/StopInstance.html"]').click()
    site.at(f"/docs/{language}/ecs/StopInstance.html")
    assert site.one("h1").text == "StopInstance"


def test_an_action_is_found_by_keyboard(site):
    site.open("/docs/en/index.html")
    site.search("instancestatus")
    first, second = site.all("#found li a")[:2]
    assert first.text.startswith("DescribeInstanceStatus")
    wanted = second.get_attribute("href")
    site.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ENTER)
    site.at(wanted)


def test_words_of_the_language_find_pages_and_escape_closes(site):
    site.open("/docs/zh/errors/index.html")
    site.search("停止 运行中")
    assert "StopInstance" in site.one("#found").text
    site.press(Keys.ESCAPE)
    assert not site.one("#found").is_displayed()


def test_the_language_changes_and_the_page_stays(site):
    site.open("/docs/zh/ecs/StopInstance.html")
    site.one(".twin").click()
    site.at("/docs/en/ecs/StopInstance.html")
    assert site.one("h2").text == "Description"
    site.one(".twin").click()
    site.at("/docs/zh/ecs/StopInstance.html")


def test_the_errors_lead_to_a_code_and_on_to_who_answers_it(site):
    site.open("/errors")
    site.one('a[href="IncorrectInstanceStatus.html"]').click()
    site.at("/errors/IncorrectInstanceStatus.html")
    site.one('a[href="../ecs/StopInstance.html"]').click()
    site.at("/docs/en/ecs/StopInstance.html")


def test_a_refusal_links_to_its_page_and_that_to_code_and_action(site, server):
    refusal = refuse(server, "StopInstance")
    site.open(refusal["Recommend"])
    assert refusal["RequestId"] in site.one("main").text
    assert refusal["Code"] in site.one(".refused").text
    site.one('a[href$="/StopInstance.html"]').click()
    site.at("/docs/en/ecs/StopInstance.html")
    site.driver.back()
    site.one(".refused a").click()
    site.at(f"/errors/{refusal['Code']}?lang=en")


def test_a_refusal_is_told_in_chinese_and_the_language_stays(site, server):
    refusal = refuse(server, "StopInstance")
    site.open(f"/requests/{refusal['RequestId']}?lang=en")
    site.one(".twin").click()
    site.at(f"/requests/{refusal['RequestId']}?lang=zh")
    assert "怎样才能成功" in site.one("main").text
    site.one(".refused a").click()
    site.at(f"/errors/{refusal['Code']}?lang=zh")
    site.one('nav a[href*="requests"]').click()
    site.at("/requests?lang=zh")
    site.one("tbody a").click()
    site.at(f"/requests/{refusal['RequestId']}?lang=zh")


def test_the_list_of_requests_grows_by_itself_and_is_filtered(site, server):
    site.open("/requests?lang=en&action=RebootInst")
    assert site.all("tbody a") == []
    refuse(server, "DescribeZones")
    request_id = refuse(server, "RebootInstance")["RequestId"]
    link = f'tbody a[href^="/requests/{request_id}"]'
    site.until(lambda: site.all(link), "the list stays as it was")
    assert [row.text for row in site.all("tbody a")] == ["RebootInstance"]
    field = site.one("input[name=action]")
    field.clear()
    field.send_keys("zones", Keys.ENTER)
    site.at("/requests?action=zones&account=&code=&status=&lang=en")
    assert {row.text for row in site.all("tbody a")} == {"DescribeZones"}


def test_without_scripts_all_but_the_search_works(site, server):
    request_id = refuse(server, "StartInstance")["RequestId"]
    site.emulate("setScriptExecutionDisabled", value=True)
    site.open("/requests?lang=en")
    assert not site.one(".search").is_displayed()
    site.one("input[name=action]").send_keys("StartInst", Keys.ENTER)
    site.at("/requests?action=StartInst&account=&code=&status=&lang=en")
    site.one(f'tbody a[href^="/requests/{request_id}"]').click()
    site.at(f"/requests/{request_id}?lang=en")


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_scrolls_down_alone(site, path):
    site.emulate("setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
    site.open(path)
    assert site.script("innerWidth") == 360
    assert site.script("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("scheme, is_dark", [("light", False), ("dark", True)])
def test_pages_are_as_dark_as_is_wished(site, scheme, is_dark):
    feature = {"name": "prefers-color-scheme", "value": scheme}
    site.emulate("setEmulatedMedia", features=[feature])
    for path in PAGES:
        site.open(path)
        paper, ink = site.script(
            "['background-color', 'color'].map((name) =>"
            " getComputedStyle(document.body)[name].match(/\\d+/g).reduce((sum, part) => sum + +part, 0))"
        )
        assert (paper < ink) == is_dark, path


def test_the_exported_site_works_from_a_disk(browser, tmp_path):
    export = ["docs", "export", "--format", "html", "--lang", "zh", str(tmp_path)]
    subprocess.run([os.environ["MOYUN_BIN"], *export], check=True)
    browser.open(f"file://{tmp_path}/index.html")
    browser.at("/zh/index.html")
    browser.search("stopinstance")
    browser.press(Keys.ENTER)
    browser.at("/zh/ecs/StopInstance.html")
    browser.one(".twin").click()
    browser.at("/en/ecs/StopInstance.html")
    browser.check_behaviour(f"file://{tmp_path}/")
