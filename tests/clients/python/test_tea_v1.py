"""alibabacloud-ecs20140526 and its siblings told to sign the old way: V1 in the query of a POST."""

import pytest

import story
from tea import Tea


@pytest.fixture
def client(server, account):
    return Tea(server, account, signature_algorithm="v2")


def test_two_instances_live_and_go(client, server):
    story.walk(client, server)


def test_unknown_instance_type_is_refused(client, server):
    story.refuse_unknown_type(client, server)


def test_unknown_instance_is_not_found(client):
    story.refuse_unknown_instance(client)


def test_caller_is_the_account(client, account):
    assert client.caller().account_id == account.uid
