"""The `aliyun` command line: V1, POST, query, answers in JSON. Runs where `aliyun` is on PATH.

Its own waiting between two looks is real time, so the waiter is given a server whose clock runs on.
"""

import json
import os
import re
import subprocess
import urllib.request

import pytest

import story
from moyun import REGION, ZONE, Server

RECOMMEND = re.compile(r"http://127\.0\.0\.1:\d+/requests/[0-9A-F-]{36}")


class AliyunCli:
    """The tool with a home of its own, and `call` of `story` on it."""

    def __init__(self, home, **variables):
        # The variables of the machine must not point it anywhere else.
        self._environment = {"PATH": os.environ["PATH"], "HOME": str(home), "NO_PROXY": "127.0.0.1", **variables}

    def run(self, *words):
        """One invocation, whatever comes of it."""
        return subprocess.run(
            ["aliyun", *words], env=self._environment, capture_output=True, text=True, timeout=60, check=False
        )

    def told(self, *words):
        """What it prints of an invocation that succeeds."""
        done = self.run(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def call(self, action, **parameters):
        return json.loads(self.told(*call_of(action, parameters)))

    def refused(self, action, **parameters):
        """What it prints when an action is refused."""
        done = self.run(*call_of(action, parameters))
        assert done.returncode == 1
        return printed_refusal(done.stdout + done.stderr)


def call_of(action, parameters):
    """An invocation as a user types it."""
    product = "vpc" if action in story.VPC_ACTIONS else "ecs"
    return [product, action, *flags(parameters), "--insecure"]


def flags(parameters, prefix=""):
    """Options for parameters: lists count from 1, structures join their fields with a dot."""
    words = []
    for name, value in parameters.items():
        if isinstance(value, list):
            value = {str(place): item for place, item in enumerate(value, 1)}
        if isinstance(value, dict):
            words += flags(value, f"{prefix}{name}.")
        else:
            words += [f"--{prefix}{name}", str(value)]
    return words


def printed_refusal(text):
    """The lines `Name: value` between `ERROR: SDK.ServerError` and the colours."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert plain.startswith("ERROR: SDK.ServerError\n"), plain
    return dict(line.split(": ", 1) for line in plain.splitlines() if ": " in line)


@pytest.fixture
def client(server, account, tmp_path):
    return configured(server, account, tmp_path)


def configured(server, account, home):
    """The tool with a profile that names the server."""
    tool = AliyunCli(home)
    keys = ["--access-key-id", account.access_key_id, "--access-key-secret", account.access_key_secret]
    where = ["--region", REGION, "--endpoint", server.address]
    tool.told("configure", "set", "--profile", "story", "--mode", "AK", *keys, *where)
    return tool


def test_two_instances_live_and_go(client, server):
    story.walk(client, server)


def test_unknown_instance_type_is_refused(client, server):
    network = story.given_network(client, server)
    refusal = client.refused("RunInstances", **story.run_parameters(network, InstanceType="ecs.g99.large"))
    assert refusal["ErrorCode"] == "InvalidInstanceType.ValueNotSupported"
    assert refusal["Message"] == "The specified InstanceType beyond the permitted range."
    check_links(refusal)


def test_unknown_instance_is_not_found(client):
    refusal = client.refused("StartInstance", InstanceId=story.UNKNOWN_INSTANCE)
    assert refusal["ErrorCode"] == "InvalidInstanceId.NotFound"
    assert refusal["Message"] == "The specified InstanceId does not exist."
    check_links(refusal)


def check_links(refusal):
    """The request's id, and the printed link opens the page about this very request."""
    assert story.REQUEST_ID.fullmatch(refusal["RequestId"])
    assert RECOMMEND.fullmatch(refusal["Recommend"])
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(refusal["Recommend"], timeout=10) as page:
        text = page.read().decode()
    assert refusal["RequestId"] in text
    assert refusal["ErrorCode"] in text


def test_option_and_environment_name_the_server_without_a_profile(server, account, tmp_path):
    keys = {
        "ALIBABA_CLOUD_ACCESS_KEY_ID": account.access_key_id,
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET": account.access_key_secret,
        "ALIBABA_CLOUD_REGION_ID": REGION,
        "ALIBABA_CLOUD_IGNORE_PROFILE": "TRUE",
    }
    zones = ["ecs", "DescribeZones", "--insecure"]
    by_option = AliyunCli(tmp_path, **keys).told(*zones, "--endpoint", server.address)
    by_variable = AliyunCli(tmp_path, **keys, ALIBABA_CLOUD_ENDPOINT=server.address).told(*zones)
    for told in (by_option, by_variable):
        assert ZONE in {zone["ZoneId"] for zone in json.loads(told)["Zones"]["Zone"]}


def test_actions_without_metadata_are_forced(client):
    forced = ["ecs", "DescribeRegions", "--version", "2014-05-26", "--force", "--insecure"]
    regions = json.loads(client.told(*forced))["Regions"]["Region"]
    assert REGION in {region["RegionId"] for region in regions}
    refusal = printed_refusal(client.run("ecs", "DescribeNothing", *forced[2:]).stderr)
    assert refusal["ErrorCode"] == "InvalidParameter"
    check_links(refusal)


def test_table_output(client):
    table = client.told(
        "ecs", "DescribeZones", "--insecure", "--output", "cols=ZoneId,ZoneType", "rows=Zones.Zone[]"
    )
    heads, _line, *rows = [[cell.strip() for cell in line.split("|")] for line in table.splitlines() if line]
    assert heads == ["ZoneId", "ZoneType"]
    assert [ZONE, "AvailabilityZone"] in rows


def test_pager_merges_pages(client):
    groups = given_groups(client, 12)
    pages = ["ecs", "DescribeSecurityGroups", "--MaxResults", "5", "--insecure"]
    merged = json.loads(client.told(*pages, "--pager", "path=SecurityGroups.SecurityGroup[]"))
    listed = [group["SecurityGroupId"] for group in merged["SecurityGroups"]["SecurityGroup"]]
    assert sorted(listed) == sorted(groups)


def given_groups(client, count):
    """Security groups in one VPC of their own."""
    vpc_id = client.call("CreateVpc", CidrBlock=story.VPC_BLOCK)["VpcId"]
    made = (client.call("CreateSecurityGroup", VpcId=vpc_id) for _ in range(count))
    return [group["SecurityGroupId"] for group in made]


def test_waiter_waits_until_the_status_is_reached(tmp_path):
    running_on = Server(clock="real")
    try:
        client = configured(running_on, running_on.account(), tmp_path)
        vpc_id = client.call("CreateVpc", CidrBlock=story.VPC_BLOCK)["VpcId"]
        waiter = ["--waiter", "expr=Vpcs.Vpc[0].Status", "to=Available", "interval=2"]
        told = json.loads(client.told("vpc", "DescribeVpcs", "--VpcId", vpc_id, "--insecure", *waiter))
    finally:
        running_on.stop()
    assert [(vpc["VpcId"], vpc["Status"]) for vpc in told["Vpcs"]["Vpc"]] == [(vpc_id, "Available")]
