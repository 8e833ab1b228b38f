"""The life of two instances, told once and walked by every client that has all the actions.

A client here is an object with two methods:

* `call(action, **parameters)` makes the client's own typed request and returns the answer as a dict
  with the names of the wire. `VPC_ACTIONS` go to the client of the other product.
* `refusal(action, **parameters)` makes a request that must fail and returns what the client's own
  exception says, as a `Refusal`.
"""

import ipaddress
import json
import re
from dataclasses import dataclass

from moyun import REGION, ZONE

VPC_ACTIONS = {
    "CreateVpc", "DescribeVpcs", "DeleteVpc", "CreateVSwitch", "DescribeVSwitches", "DeleteVSwitch"
}  # fmt: skip

IMAGE = "aliyun_3_x64_20G_alibase_20230727.vhd"
VPC_BLOCK = "172.16.0.0/12"
VSWITCH_BLOCK = "172.16.8.0/24"
UNKNOWN_INSTANCE = "i-bp1nothere0000000000"
REQUEST_ID = re.compile(r"[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}")


@dataclass(frozen=True)
class Refusal:
    """What a client library reports about a refused request."""

    code: str
    status: int
    message: str
    request_id: str


@dataclass(frozen=True)
class Network:
    """Where instances can be created."""

    vpc_id: str
    vswitch_id: str
    security_group_id: str


def walk(client, server):
    """Creates two instances with all that belongs to them, looks at them, and takes all down again."""
    network = given_network(client, server)
    key_pair = given_key_pair(client)
    instance_ids = run_two_instances(client, server, network, key_pair)
    disk_ids = check_what_was_made(client, network, key_pair, instance_ids)
    tag_and_untag(client, instance_ids[0])
    stop_and_delete(client, server, instance_ids, disk_ids)
    clean_up(client, server, network, key_pair)


def refuse_unknown_type(client, server):
    """An instance type that is not in the catalogue, in a request that is right otherwise."""
    network = given_network(client, server)
    refusal = client.refusal("RunInstances", **run_parameters(network, InstanceType="ecs.g99.large"))
    assert refusal.code == "InvalidInstanceType.ValueNotSupported"
    assert refusal.status == 400
    assert refusal.message == "The specified InstanceType beyond the permitted range."
    assert REQUEST_ID.fullmatch(refusal.request_id)


def refuse_unknown_instance(client):
    """An instance that does not exist is a 404, by which clients tell that it is gone."""
    refusal = client.refusal("StartInstance", InstanceId=UNKNOWN_INSTANCE)
    assert refusal.code == "InvalidInstanceId.NotFound"
    assert refusal.status == 404
    assert refusal.message == "The specified InstanceId does not exist."
    assert REQUEST_ID.fullmatch(refusal.request_id)


def given_network(client, server):
    """A VPC with one vSwitch and one security group that lets SSH in."""
    vpc_id = client.call("CreateVpc", RegionId=REGION, CidrBlock=VPC_BLOCK, VpcName="story")["VpcId"]

    def vpc_available():
        vpcs = client.call("DescribeVpcs", RegionId=REGION, VpcId=vpc_id)["Vpcs"]["Vpc"]
        return [vpc["Status"] for vpc in vpcs] == ["Available"]

    server.until(vpc_available, "the VPC is Available")
    vswitch_id = client.call(
        "CreateVSwitch",
        RegionId=REGION,
        ZoneId=ZONE,
        VpcId=vpc_id,
        CidrBlock=VSWITCH_BLOCK,
        VSwitchName="story",
    )["VSwitchId"]

    def vswitch_available():
        vswitches = client.call("DescribeVSwitches", RegionId=REGION, VSwitchId=vswitch_id)["VSwitches"]["VSwitch"]
        return [vswitch["Status"] for vswitch in vswitches] == ["Available"]

    server.until(vswitch_available, "the vSwitch is Available")
    security_group_id = client.call(
        "CreateSecurityGroup", RegionId=REGION, VpcId=vpc_id, SecurityGroupName="story"
    )["SecurityGroupId"]
    client.call(
        "AuthorizeSecurityGroup",
        RegionId=REGION,
        SecurityGroupId=security_group_id,
        IpProtocol="tcp",
        PortRange="22/22",
        SourceCidrIp="10.0.0.0/8",
    )
    return Network(vpc_id, vswitch_id, security_group_id)


def given_key_pair(client):
    """A key pair whose private half the server tells once."""
    made = client.call("CreateKeyPair", RegionId=REGION, KeyPairName="story")
    assert made["KeyPairName"] == "story"
    assert made["PrivateKeyBody"].startswith("-----BEGIN ")
    return "story"


def run_parameters(network, **others):
    """A RunInstances request that succeeds."""
    parameters = {
        "RegionId": REGION,
        "ImageId": IMAGE,
        "InstanceType": "ecs.g6.large",
        "VSwitchId": network.vswitch_id,
        "SecurityGroupId": network.security_group_id,
        "InstanceName": "story",
        "SystemDisk": {"Category": "cloud_essd", "Size": "40"},
        "DataDisk": [{"Category": "cloud_essd", "Size": 60}, {"Category": "cloud_essd", "Size": 80}],
        "Tag": [{"Key": "team", "Value": "v 1+*~'(!)é中"}, {"Key": "empty", "Value": ""}],
        "Amount": 2,
    }
    return parameters | others


def run_two_instances(client, server, network, key_pair):
    """Runs two instances and waits until both are Running."""
    run = client.call("RunInstances", **run_parameters(network, KeyPairName=key_pair))
    instance_ids = run["InstanceIdSets"]["InstanceIdSet"]
    assert len(set(instance_ids)) == 2
    server.until(lambda: statuses(client, instance_ids) == ["Running"] * 2, "both instances are Running")
    return instance_ids


def statuses(client, instance_ids):
    """Status of each instance that still exists."""
    answer = client.call("DescribeInstanceStatus", RegionId=REGION, InstanceId=instance_ids)
    return [status["Status"] for status in answer["InstanceStatuses"]["InstanceStatus"]]


def describe(client, instance_ids):
    """Instances as DescribeInstances shows them."""
    answer = client.call("DescribeInstances", RegionId=REGION, InstanceIds=json.dumps(instance_ids))
    instances = answer["Instances"]["Instance"]
    assert answer["TotalCount"] == len(instances)
    return instances


def check_what_was_made(client, network, key_pair, instance_ids):
    """Looks at the instances and their disks. Returns the ids of the disks."""
    instances = describe(client, instance_ids)
    assert sorted(instance["InstanceId"] for instance in instances) == sorted(instance_ids)
    addresses, disk_ids = set(), []
    for instance in instances:
        assert instance["Status"] == "Running"
        assert instance["InstanceType"] == "ecs.g6.large"
        assert (instance["Cpu"], instance["Memory"]) == (2, 8192)
        assert instance["ImageId"] == IMAGE
        assert instance["ZoneId"] == ZONE
        assert instance["KeyPairName"] == key_pair
        assert instance["SecurityGroupIds"]["SecurityGroupId"] == [network.security_group_id]
        tags = {tag["TagKey"]: tag.get("TagValue", "") for tag in instance["Tags"]["Tag"]}
        assert tags == {"team": "v 1+*~'(!)é中", "empty": ""}
        assert instance["VpcAttributes"]["VSwitchId"] == network.vswitch_id
        addresses.update(instance["VpcAttributes"]["PrivateIpAddress"]["IpAddress"])
        disk_ids += check_disks(client, instance["InstanceId"])
    assert len(addresses) == 2
    assert all(ipaddress.ip_address(a) in ipaddress.ip_network(VSWITCH_BLOCK) for a in addresses)
    return disk_ids


def check_disks(client, instance_id):
    """One system disk and two data disks, as asked for."""
    answer = client.call("DescribeDisks", RegionId=REGION, InstanceId=instance_id)
    disks = answer["Disks"]["Disk"]
    assert sorted((disk["Type"], disk["Size"]) for disk in disks) == [("data", 60), ("data", 80), ("system", 40)]
    assert {disk["Category"] for disk in disks} == {"cloud_essd"}
    assert {disk["Status"] for disk in disks} == {"In_use"}
    assert {disk["InstanceId"] for disk in disks} == {instance_id}
    return [disk["DiskId"] for disk in disks]


def tag_and_untag(client, instance_id):
    """Adds a tag, finds it, takes it away again."""
    about = {"RegionId": REGION, "ResourceType": "instance", "ResourceId": [instance_id]}

    def tags():
        listed = client.call("ListTagResources", **about)["TagResources"]["TagResource"]
        assert {tag["ResourceId"] for tag in listed} == {instance_id}
        return {tag["TagKey"]: tag.get("TagValue", "") for tag in listed}

    client.call("TagResources", **about, Tag=[{"Key": "stage", "Value": "test"}])
    assert tags() == {"team": "v 1+*~'(!)é中", "empty": "", "stage": "test"}
    client.call("UntagResources", **about, TagKey=["stage"])
    assert tags() == {"team": "v 1+*~'(!)é中", "empty": ""}


def stop_and_delete(client, server, instance_ids, disk_ids):
    """Stops and deletes the instances. Their disks go with them."""
    for instance_id in instance_ids:
        client.call("StopInstance", InstanceId=instance_id)
    server.until(lambda: statuses(client, instance_ids) == ["Stopped"] * 2, "both instances are Stopped")
    for instance_id in instance_ids:
        client.call("DeleteInstance", InstanceId=instance_id)
    server.until(lambda: describe(client, instance_ids) == [], "the instances are gone")

    def disks_gone():
        answer = client.call("DescribeDisks", RegionId=REGION, DiskIds=json.dumps(disk_ids))
        return answer["Disks"]["Disk"] == []

    server.until(disks_gone, "the disks are gone")


def clean_up(client, server, network, key_pair):
    """Deletes what the instances stood on, and sees it gone."""
    client.call("DeleteKeyPairs", RegionId=REGION, KeyPairNames=json.dumps([key_pair]))
    client.call("DeleteSecurityGroup", RegionId=REGION, SecurityGroupId=network.security_group_id)
    client.call("DeleteVSwitch", RegionId=REGION, VSwitchId=network.vswitch_id)

    def vswitch_gone():
        answer = client.call("DescribeVSwitches", RegionId=REGION, VSwitchId=network.vswitch_id)
        return answer["VSwitches"]["VSwitch"] == []

    server.until(vswitch_gone, "the vSwitch is gone")
    client.call("DeleteVpc", RegionId=REGION, VpcId=network.vpc_id)

    def vpc_gone():
        return client.call("DescribeVpcs", RegionId=REGION, VpcId=network.vpc_id)["Vpcs"]["Vpc"] == []

    server.until(vpc_gone, "the VPC is gone")
