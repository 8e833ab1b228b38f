// The life of two instances, told once and walked by every client.
//
// A client here is an object with two methods:
// * `call(action, parameters)` makes the client's own request and resolves with the answer in the names
//   of the wire. `VPC_ACTIONS` go to the client of the other product.
// * `refusal(action, parameters)` makes a request that must fail and resolves with what the client's own
//   error says: `{ code, status, message, requestId }`.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { REGION, Server, ZONE } from './moyun.js';

export const VPC_ACTIONS = new Set([
  'CreateVpc', 'DescribeVpcs', 'DeleteVpc', 'CreateVSwitch', 'DescribeVSwitches', 'DeleteVSwitch',
]);

const IMAGE = 'aliyun_3_x64_20G_alibase_20230727.vhd';
const UNKNOWN_INSTANCE = 'i-bp1nothere0000000000';
const REQUEST_ID = /^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/;
const TAGS = { team: "v 1+*~'(!)é中", empty: '' };

/** Registers the story and the refusals as tests of the client that `connect(server, account)` makes. */
export function tellWith(connect) {
  let server;
  before(async () => {
    server = await Server.start();
  });
  after(() => server?.stop());
  const client = async () => connect(server, await server.account());

  test('two instances live and go', async () => walk(await client(), server));
  test('an unknown instance type is refused', async () => refuseUnknownType(await client(), server));
  test('an unknown instance is not found', async () => refuseUnknownInstance(await client()));
}

async function walk(client, server) {
  const network = await givenNetwork(client, server);
  await makeKeyPair(client);
  const instanceIds = await runTwoInstances(client, server, network);
  const diskIds = await checkWhatWasMade(client, network, instanceIds);
  await tagAndUntag(client, instanceIds[0]);
  await stopAndDelete(client, server, instanceIds, diskIds);
  await cleanUp(client, server, network);
}

async function refuseUnknownType(client, server) {
  const network = await givenNetwork(client, server);
  const parameters = runParameters(network, { InstanceType: 'ecs.g99.large' });
  const { requestId, ...refusal } = await client.refusal('RunInstances', parameters);
  assert.deepEqual(refusal, {
    code: 'InvalidInstanceType.ValueNotSupported',
    status: 400,
    message: 'The specified InstanceType beyond the permitted range.',
  });
  assert.match(requestId, REQUEST_ID);
}

async function refuseUnknownInstance(client) {
  const { requestId, ...refusal } = await client.refusal('StartInstance', { InstanceId: UNKNOWN_INSTANCE });
  assert.deepEqual(refusal, {
    code: 'InvalidInstanceId.NotFound',
    status: 404,
    message: 'The specified InstanceId does not exist.',
  });
  assert.match(requestId, REQUEST_ID);
}

/** A VPC with one vSwitch and one security group that lets SSH in. */
async function givenNetwork(client, server) {
  const { VpcId } = await client.call('CreateVpc', {
    RegionId: REGION, CidrBlock: '172.16.0.0/12', VpcName: 'story',
  });
  await server.until(async () => {
    const { Vpcs } = await client.call('DescribeVpcs', { RegionId: REGION, VpcId });
    return Vpcs.Vpc.length === 1 && Vpcs.Vpc[0].Status === 'Available';
  }, 'the VPC is Available');
  const { VSwitchId } = await client.call('CreateVSwitch', {
    RegionId: REGION, ZoneId: ZONE, VpcId, CidrBlock: '172.16.8.0/24', VSwitchName: 'story',
  });
  await server.until(async () => {
    const { VSwitches } = await client.call('DescribeVSwitches', { RegionId: REGION, VSwitchId });
    return VSwitches.VSwitch.length === 1 && VSwitches.VSwitch[0].Status === 'Available';
  }, 'the vSwitch is Available');
  const { SecurityGroupId } = await client.call('CreateSecurityGroup', {
    RegionId: REGION, VpcId, SecurityGroupName: 'story',
  });
  await client.call('AuthorizeSecurityGroup', {
    RegionId: REGION, SecurityGroupId, IpProtocol: 'tcp', PortRange: '22/22', SourceCidrIp: '10.0.0.0/8',
  });
  return { VpcId, VSwitchId, SecurityGroupId };
}

async function makeKeyPair(client) {
  const made = await client.call('CreateKeyPair', { RegionId: REGION, KeyPairName: 'story' });
  assert.equal(made.KeyPairName, 'story');
  assert.match(made.PrivateKeyBody, /^-----BEGIN /);
}

/** A RunInstances request that succeeds. */
function runParameters({ VSwitchId, SecurityGroupId }, others) {
  return {
    RegionId: REGION,
    ImageId: IMAGE,
    InstanceType: 'ecs.g6.large',
    VSwitchId,
    SecurityGroupId,
    InstanceName: 'story',
    SystemDisk: { Category: 'cloud_essd', Size: '40' },
    DataDisk: [{ Category: 'cloud_essd', Size: 60 }, { Category: 'cloud_essd', Size: 80 }],
    Tag: Object.entries(TAGS).map(([Key, Value]) => ({ Key, Value })),
    Amount: 2,
    ...others,
  };
}

async function runTwoInstances(client, server, network) {
  const { InstanceIdSets } = await client.call('RunInstances', runParameters(network, { KeyPairName: 'story' }));
  const instanceIds = InstanceIdSets.InstanceIdSet;
  assert.equal(new Set(instanceIds).size, 2);
  await server.until(() => bothAre(client, instanceIds, 'Running'), 'both instances are Running');
  return instanceIds;
}

async function bothAre(client, instanceIds, status) {
  const answer = await client.call('DescribeInstanceStatus', { RegionId: REGION, InstanceId: instanceIds });
  const statuses = answer.InstanceStatuses.InstanceStatus.map((each) => each.Status);
  return statuses.length === 2 && statuses.every((each) => each === status);
}

async function describe(client, instanceIds) {
  const answer = await client.call('DescribeInstances', {
    RegionId: REGION, InstanceIds: JSON.stringify(instanceIds),
  });
  assert.equal(answer.TotalCount, answer.Instances.Instance.length);
  return answer.Instances.Instance;
}

/** Looks at the instances and their disks. Resolves with the ids of the disks. */
async function checkWhatWasMade(client, network, instanceIds) {
  const instances = await describe(client, instanceIds);
  assert.deepEqual(instances.map((each) => each.InstanceId).sort(), [...instanceIds].sort());
  const addresses = new Set();
  const diskIds = [];
  for (const instance of instances) {
    const { Status, InstanceType, Cpu, Memory, ImageId, ZoneId, KeyPairName } = instance;
    assert.deepEqual({ Status, InstanceType, Cpu, Memory, ImageId, ZoneId, KeyPairName }, {
      Status: 'Running',
      InstanceType: 'ecs.g6.large',
      Cpu: 2,
      Memory: 8192,
      ImageId: IMAGE,
      ZoneId: ZONE,
      KeyPairName: 'story',
    });
    assert.deepEqual(instance.SecurityGroupIds.SecurityGroupId, [network.SecurityGroupId]);
    assert.deepEqual(asObject(instance.Tags.Tag), TAGS);
    assert.equal(instance.VpcAttributes.VSwitchId, network.VSwitchId);
    instance.VpcAttributes.PrivateIpAddress.IpAddress.forEach((address) => addresses.add(address));
    diskIds.push(...await checkDisks(client, instance.InstanceId));
  }
  assert.equal(addresses.size, 2);
  addresses.forEach((address) => assert.match(address, /^172\.16\.8\.\d+$/));
  return diskIds;
}

/** One system disk and two data disks, as asked for. */
async function checkDisks(client, InstanceId) {
  const { Disks } = await client.call('DescribeDisks', { RegionId: REGION, InstanceId });
  const seen = Disks.Disk.map((disk) => `${disk.Type} ${disk.Size} ${disk.Category} ${disk.Status}`);
  assert.deepEqual(seen.sort(), [
    'data 60 cloud_essd In_use',
    'data 80 cloud_essd In_use',
    'system 40 cloud_essd In_use',
  ]);
  Disks.Disk.forEach((disk) => assert.equal(disk.InstanceId, InstanceId));
  return Disks.Disk.map((disk) => disk.DiskId);
}

/** Adds a tag, finds it, takes it away again. */
async function tagAndUntag(client, instanceId) {
  const about = { RegionId: REGION, ResourceType: 'instance', ResourceId: [instanceId] };
  const tags = async () => {
    const { TagResources } = await client.call('ListTagResources', about);
    TagResources.TagResource.forEach((tag) => assert.equal(tag.ResourceId, instanceId));
    return asObject(TagResources.TagResource);
  };
  await client.call('TagResources', { ...about, Tag: [{ Key: 'stage', Value: 'test' }] });
  assert.deepEqual(await tags(), { ...TAGS, stage: 'test' });
  await client.call('UntagResources', { ...about, TagKey: ['stage'] });
  assert.deepEqual(await tags(), TAGS);
}

function asObject(tags) {
  return Object.fromEntries(tags.map((tag) => [tag.TagKey, tag.TagValue ?? '']));
}

/** Stops and deletes the instances. Their disks go with them. */
async function stopAndDelete(client, server, instanceIds, diskIds) {
  for (const InstanceId of instanceIds) await client.call('StopInstance', { InstanceId });
  await server.until(() => bothAre(client, instanceIds, 'Stopped'), 'both instances are Stopped');
  for (const InstanceId of instanceIds) await client.call('DeleteInstance', { InstanceId });
  await server.until(async () => (await describe(client, instanceIds)).length === 0, 'the instances are gone');
  await server.until(async () => {
    const { Disks } = await client.call('DescribeDisks', { RegionId: REGION, DiskIds: JSON.stringify(diskIds) });
    return Disks.Disk.length === 0;
  }, 'the disks are gone');
}

/** Deletes what the instances stood on, and sees it gone. */
async function cleanUp(client, server, { VpcId, VSwitchId, SecurityGroupId }) {
  await client.call('DeleteKeyPairs', { RegionId: REGION, KeyPairNames: JSON.stringify(['story']) });
  await client.call('DeleteSecurityGroup', { RegionId: REGION, SecurityGroupId });
  await client.call('DeleteVSwitch', { RegionId: REGION, VSwitchId });
  await server.until(async () => {
    const { VSwitches } = await client.call('DescribeVSwitches', { RegionId: REGION, VSwitchId });
    return VSwitches.VSwitch.length === 0;
  }, 'the vSwitch is gone');
  await client.call('DeleteVpc', { RegionId: REGION, VpcId });
  await server.until(async () => {
    const { Vpcs } = await client.call('DescribeVpcs', { RegionId: REGION, VpcId });
    return Vpcs.Vpc.length === 0;
  }, 'the VPC is gone');
}
