"""The newer official SDKs (alibabacloud-*) behind the two methods of `story`."""

import re

import pytest
from alibabacloud_ecs20140526 import models as ecs_models
from alibabacloud_ecs20140526.client import Client as EcsClient
from alibabacloud_sts20150401.client import Client as StsClient
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
from alibabacloud_tea_openapi.utils_models import Config
from alibabacloud_vpc20160428 import models as vpc_models
from alibabacloud_vpc20160428.client import Client as VpcClient

import story
from moyun import REGION


class Tea:
    """ECS, VPC and STS clients of one account. `signature_algorithm` None is V3, `v2` is V1."""

    def __init__(self, server, account, signature_algorithm=None):
        config = Config(
            access_key_id=account.access_key_id,
            access_key_secret=account.access_key_secret,
            endpoint=server.address,
            protocol="HTTP",
            region_id=REGION,
            signature_algorithm=signature_algorithm,
        )
        self._ecs = EcsClient(config)
        self._vpc = VpcClient(config)
        self._sts = StsClient(config)

    def call(self, action, **parameters):
        in_vpc = action in story.VPC_ACTIONS
        client, models = (self._vpc, vpc_models) if in_vpc else (self._ecs, ecs_models)
        request = getattr(models, f"{action}Request")().from_map(parameters)
        answer = getattr(client, method_name(action))(request)
        return answer.body.to_map()

    def refusal(self, action, **parameters):
        with pytest.raises(AlibabaCloudException) as caught:
            self.call(action, **parameters)
        refused = caught.value
        return story.Refusal(refused.code, refused.status_code, reported_message(refused), refused.request_id)

    def caller(self):
        """Who the server takes the account for."""
        return self._sts.get_caller_identity().body


def method_name(action):
    """The SDK's spelling: CreateVSwitch is create_vswitch, RunInstances is run_instances."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", action.replace("VSwitch", "Vswitch")).lower()


def reported_message(refused):
    """The server's sentence: the SDK puts the status before it and the request id behind it."""
    before, after = f"code: {refused.status_code}, ", f" request id: {refused.request_id}"
    assert refused.message.startswith(before) and refused.message.endswith(after)
    return refused.message.removeprefix(before).removesuffix(after)
