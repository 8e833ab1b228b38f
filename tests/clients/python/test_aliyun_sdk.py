"""aliyun-python-sdk-core with the typed requests of -ecs and -vpc: V1, POST, everything in the query."""

import importlib
import json

import pytest
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient

import story
from moyun import REGION


class AliyunSdk:
    """The older official SDK behind the two methods of `story`."""

    def __init__(self, server, account):
        self._client = AcsClient(account.access_key_id, account.access_key_secret, REGION)
        for product in ("Ecs", "Vpc"):
            self._client.add_endpoint(REGION, product, f"http://{server.address}")

    def call(self, action, **parameters):
        return json.loads(self._client.do_action_with_exception(typed_request(action, parameters)))

    def refusal(self, action, **parameters):
        with pytest.raises(ServerException) as caught:
            self.call(action, **parameters)
        refused = caught.value
        return story.Refusal(
            refused.get_error_code(), refused.get_http_status(), refused.get_error_msg(), refused.get_request_id()
        )


def typed_request(action, parameters):
    """Fills the SDK's request class through its own setters."""
    in_vpc = action in story.VPC_ACTIONS
    package = "aliyunsdkvpc.request.v20160428" if in_vpc else "aliyunsdkecs.request.v20140526"
    request = getattr(importlib.import_module(f"{package}.{action}Request"), f"{action}Request")()
    for name, value in parameters.items():
        if name == "RegionId":
            # The client adds its own region to every request; the VPC classes have no setter for it.
            assert value == REGION
        elif isinstance(value, dict):
            for field, inner in value.items():
                getattr(request, f"set_{name}{field}")(inner)
        elif isinstance(value, list):
            getattr(request, f"set_{name}s")(value)
        else:
            getattr(request, f"set_{name}")(value)
    return request


@pytest.fixture
def client(server, account):
    return AliyunSdk(server, account)


def test_two_instances_live_and_go(client, server):
    story.walk(client, server)


def test_unknown_instance_type_is_refused(client, server):
    story.refuse_unknown_type(client, server)


def test_unknown_instance_is_not_found(client):
    story.refuse_unknown_instance(client)
