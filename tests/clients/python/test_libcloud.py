"""apache-libcloud: V1, GET, answers in XML.

Its driver has neither RunInstances nor tags, and nothing of VPC: it creates one node with
CreateInstance and starts it. What it lacks goes through its connections as plain requests.
"""

import ast
import ipaddress

import pytest
from libcloud.common.exceptions import BaseHTTPError
from libcloud.compute.base import Node, NodeImage, NodeSize
from libcloud.compute.drivers.ecs import ECSConnection
from libcloud.compute.providers import get_driver
from libcloud.compute.types import NodeState, Provider

import story
from moyun import REGION, ZONE


class Libcloud:
    """The driver, and `call` of `story` on its connections."""

    def __init__(self, server, account):
        self.driver = get_driver(Provider.ALIYUN_ECS)(
            account.access_key_id,
            account.access_key_secret,
            region=REGION,
            secure=False,
            host="127.0.0.1",
            port=server.port,
        )
        self._vpc = ECSConnection(
            account.access_key_id,
            account.access_key_secret,
            secure=False,
            host="127.0.0.1",
            port=server.port,
            api_version="2016-04-28",
        )
        self._vpc.driver = self.driver

    def call(self, action, **parameters):
        connection = self._vpc if action in story.VPC_ACTIONS else self.driver.connection
        return as_dict(connection.request("/", {"Action": action, **parameters}).object)

    def create_node(self, network, size="ecs.g6.large"):
        """A node with two data disks, by the driver's own method."""
        return self.driver.create_node(
            name="story",
            size=NodeSize(size, size, 0, 0, 0, 0, self.driver),
            image=NodeImage(story.IMAGE, story.IMAGE, self.driver),
            ex_security_group_id=network.security_group_id,
            ex_vswitch_id=network.vswitch_id,
            ex_io_optimized=True,
            ex_system_disk={"category": "cloud_essd"},
            ex_data_disks=[
                {"size": 60, "category": "cloud_essd", "delete_with_instance": True},
                {"size": 80, "category": "cloud_essd", "delete_with_instance": True},
            ],
        )

    def node(self, instance_id):
        """A node that the driver has not seen."""
        return Node(instance_id, "story", NodeState.STOPPED, [], [], self.driver)


def as_dict(element):
    """The XML answer in the shape of the JSON one: an element named like its wrapper's items is a list."""
    return {child.tag: as_value(child) for child in element}


def as_value(element):
    """Text, a structure, or a wrapper with its list."""
    item = LISTS.get(element.tag)
    if item:
        return {item: [as_value(child) for child in element]}
    return as_dict(element) if len(element) else element.text or ""


# The lists that `story.given_network` and `story.clean_up` look into, and their items.
LISTS = {"Vpcs": "Vpc", "VSwitches": "VSwitch"}


@pytest.fixture
def client(server, account, monkeypatch):
    libcloud = Libcloud(server, account)
    listed = libcloud.driver.list_nodes

    # The driver starts a node right after it has made and listed it, and waits by listing again. On the
    # real cloud time passes meanwhile, so here the clock moves with every look.
    def list_nodes_later(*args, **kwargs):
        server.advance(20)
        return listed(*args, **kwargs)

    monkeypatch.setattr(libcloud.driver, "list_nodes", list_nodes_later)
    monkeypatch.setattr("libcloud.compute.drivers.ecs.time.sleep", server.advance)
    return libcloud


def test_node_lives_and_goes(client, server):
    network = story.given_network(client, server)
    node = client.create_node(network)
    check_node(client, node.id, network)
    volumes = client.driver.list_volumes(ex_filters={"InstanceId": node.id})
    assert sorted(volume.size for volume in volumes) == [40, 60, 80]
    assert {volume.extra["category"] for volume in volumes} == {"cloud_essd"}

    assert client.driver.stop_node(node)
    assert client.driver.start_node(node)
    assert client.driver.stop_node(node)
    assert client.driver.destroy_node(node)
    server.until(lambda: client.driver.list_nodes(ex_node_ids=[node.id]) == [], "the node is gone")
    volume_ids = [volume.id for volume in volumes]
    server.until(lambda: client.driver.list_volumes(ex_volume_ids=volume_ids) == [], "its disks are gone")
    story.clean_up(client, server, network, story.given_key_pair(client))


def check_node(client, instance_id, network):
    """The node as the driver lists it."""
    (seen,) = client.driver.list_nodes(ex_node_ids=[instance_id])
    assert seen.name == "story"
    assert seen.state == NodeState.RUNNING
    assert seen.extra["instance_type"] == "ecs.g6.large"
    assert seen.extra["zone_id"] == ZONE
    assert seen.extra["vpc_attributes"]["vswitch_id"] == network.vswitch_id
    (address,) = seen.private_ips
    assert ipaddress.ip_address(address) in ipaddress.ip_network(story.VSWITCH_BLOCK)


def test_regions_sizes_and_security_groups_are_listed(client, server):
    assert REGION in {location.id for location in client.driver.list_locations()}
    assert "ecs.g6.large" in {size.id for size in client.driver.list_sizes()}
    network = story.given_network(client, server)
    (group,) = client.driver.ex_list_security_groups()
    assert (group.id, group.vpc_id) == (network.security_group_id, network.vpc_id)
    (rule,) = client.driver.ex_list_security_group_attributes(group.id, nic_type="intranet")
    assert (rule.ip_protocol.upper(), rule.port_range) == ("TCP", "22/22")


def test_unknown_instance_type_is_refused(client, server):
    network = story.given_network(client, server)
    with pytest.raises(BaseHTTPError) as caught:
        client.create_node(network, size="ecs.g99.large")
    assert caught.value.code == 400
    refusal = ast.literal_eval(caught.value.message)
    assert refusal["code"] == "InvalidInstanceType.ValueNotSupported"
    assert refusal["message"] == "The specified InstanceType beyond the permitted range."
    assert story.REQUEST_ID.fullmatch(refusal["request_id"])
    assert refusal["host_id"]


def test_unknown_instance_is_not_found(client):
    with pytest.raises(BaseHTTPError) as caught:
        client.driver.start_node(client.node(story.UNKNOWN_INSTANCE))
    assert caught.value.code == 404
    refusal = ast.literal_eval(caught.value.message)
    assert refusal["code"] == "InvalidInstanceId.NotFound"
    assert refusal["message"] == "The specified InstanceId does not exist."
    assert story.REQUEST_ID.fullmatch(refusal["request_id"])
