#!/usr/bin/env bash
# Walks the life of two instances with nothing but curl and openssl. MOYUN_BIN names the server.
#
# Requests are signed with V1 and carry no Format, so the answers are XML; the refusals come by V1 in
# a form body and by V3, which answers in JSON.
set -uo pipefail
cd "$(dirname "$0")"
source ./server.sh
source ./sign.sh

ECS=2014-05-26
VPC=2016-04-28
IMAGE=aliyun_3_x64_20G_alibase_20230727.vhd
REQUEST_ID='[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}'

two_instances_live_and_go() {
  given_network
  ok $ECS CreateKeyPair RegionId=$REGION KeyPairName=story
  [[ $(text PrivateKeyBody) == '-----BEGIN '* ]] || fail "no private key: $BODY"
  run_two_instances
  check_what_was_made
  tag_and_untag
  stop_and_delete
  clean_up
}

unknown_instance_type_is_refused_in_xml() {
  given_network
  local INSTANCE_TYPE=ecs.g99.large
  run_parameters
  send_v1 POST $ECS RunInstances "${RUN[@]}"
  check_refusal 400 InvalidInstanceType.ValueNotSupported 'The specified InstanceType beyond the permitted range.' xml
}

unknown_instance_type_is_refused_in_json() {
  given_network
  local INSTANCE_TYPE=ecs.g99.large
  run_parameters
  send_v3 $ECS RunInstances "${RUN[@]}"
  check_refusal 400 InvalidInstanceType.ValueNotSupported 'The specified InstanceType beyond the permitted range.' json
}

unknown_instance_is_not_found() {
  send_v1 GET $ECS StartInstance InstanceId=i-bp1nothere0000000000
  check_refusal 404 InvalidInstanceId.NotFound 'The specified InstanceId does not exist.' xml
  send_v3 $ECS StartInstance InstanceId=i-bp1nothere0000000000
  check_refusal 404 InvalidInstanceId.NotFound 'The specified InstanceId does not exist.' json
}

# Sets VPC_ID, VSWITCH_ID and GROUP_ID.
given_network() {
  ok $VPC CreateVpc RegionId=$REGION CidrBlock=172.16.0.0/12 VpcName=story
  VPC_ID=$(text VpcId)
  until_true 'the VPC is Available' is Available $VPC DescribeVpcs RegionId=$REGION "VpcId=$VPC_ID"
  ok $VPC CreateVSwitch RegionId=$REGION ZoneId=$ZONE "VpcId=$VPC_ID" CidrBlock=172.16.8.0/24
  VSWITCH_ID=$(text VSwitchId)
  until_true 'the vSwitch is Available' \
    is Available $VPC DescribeVSwitches RegionId=$REGION "VSwitchId=$VSWITCH_ID"
  ok $ECS CreateSecurityGroup RegionId=$REGION "VpcId=$VPC_ID" SecurityGroupName=story
  GROUP_ID=$(text SecurityGroupId)
  ok $ECS AuthorizeSecurityGroup RegionId=$REGION "SecurityGroupId=$GROUP_ID" IpProtocol=tcp \
    PortRange=22/22 SourceCidrIp=10.0.0.0/8
}

# Sets RUN to the parameters of a RunInstances that succeeds.
run_parameters() {
  RUN=(RegionId=$REGION ImageId=$IMAGE "InstanceType=${INSTANCE_TYPE:-ecs.g6.large}" "VSwitchId=$VSWITCH_ID"
    "SecurityGroupId=$GROUP_ID" InstanceName=story SystemDisk.Category=cloud_essd SystemDisk.Size=40
    DataDisk.1.Category=cloud_essd DataDisk.1.Size=60 DataDisk.2.Category=cloud_essd DataDisk.2.Size=80
    Tag.1.Key=team "Tag.1.Value=v 1+*~'(!)é中" Tag.2.Key=empty Tag.2.Value= Amount=2)
}

# Sets INSTANCES to the ids.
run_two_instances() {
  run_parameters
  ok $ECS RunInstances "${RUN[@]}" KeyPairName=story
  mapfile -t INSTANCES < <(texts InstanceIdSet)
  [[ ${#INSTANCES[@]} == 2 ]] || fail "not two instances: $BODY"
  until_true 'both instances are Running' both_are Running
}

both_are() {
  ok $ECS DescribeInstanceStatus RegionId=$REGION "InstanceId.1=${INSTANCES[0]}" "InstanceId.2=${INSTANCES[1]}"
  [[ $(texts Status) == "$1"$'\n'"$1" ]]
}

check_what_was_made() {
  describe_instances
  same 'instances' "$(text TotalCount)" 2
  same 'instance types' "$(texts InstanceType)" $'ecs.g6.large\necs.g6.large'
  same 'key pairs' "$(texts KeyPairName)" $'story\nstory'
  same 'tag keys' "$(texts TagKey | sort)" $'empty\nempty\nteam\nteam'
  same 'tag values' "$(texts TagValue | grep . | sort -u | sed "s/&apos;/'/; s/&#39;/'/")" "v 1+*~'(!)é中"
  local addresses
  addresses=$(grep -oE '<PrivateIpAddress><IpAddress>172\.16\.8\.[0-9]+<' <<<"$BODY" | sort -u | wc -l)
  same 'private addresses inside the block' "$addresses" 2
  local instance
  DISKS=()
  for instance in "${INSTANCES[@]}"; do
    ok $ECS DescribeDisks RegionId=$REGION "InstanceId=$instance"
    same "sizes of the disks of $instance" "$(texts Size | sort)" $'40\n60\n80'
    same 'kinds of disks' "$(texts Type | sort)" $'data\ndata\nsystem'
    same 'categories' "$(texts Category | sort -u)" cloud_essd
    mapfile -t -O ${#DISKS[@]} DISKS < <(texts DiskId)
  done
  same 'disks' ${#DISKS[@]} 6
}

describe_instances() {
  ok $ECS DescribeInstances RegionId=$REGION "InstanceIds=$(json_array "${INSTANCES[@]}")"
}

tag_and_untag() {
  local about=(RegionId=$REGION ResourceType=instance "ResourceId.1=${INSTANCES[0]}")
  ok $ECS TagResources "${about[@]}" Tag.1.Key=stage Tag.1.Value=test
  ok $ECS ListTagResources "${about[@]}"
  same 'keys with the new one' "$(texts TagKey | sort)" $'empty\nstage\nteam'
  ok $ECS UntagResources "${about[@]}" TagKey.1=stage
  ok $ECS ListTagResources "${about[@]}"
  same 'keys without it' "$(texts TagKey | sort)" $'empty\nteam'
}

stop_and_delete() {
  local instance
  for instance in "${INSTANCES[@]}"; do ok $ECS StopInstance "InstanceId=$instance"; done
  until_true 'both instances are Stopped' both_are Stopped
  for instance in "${INSTANCES[@]}"; do ok $ECS DeleteInstance "InstanceId=$instance"; done
  until_true 'the instances are gone' instances_gone
  until_true 'the disks are gone' \
    none Disk $ECS DescribeDisks RegionId=$REGION "DiskIds=$(json_array "${DISKS[@]}")"
}

instances_gone() {
  describe_instances
  [[ $(text TotalCount) == 0 && $BODY != *'<Instance>'* ]]
}

clean_up() {
  ok $ECS DeleteKeyPairs RegionId=$REGION 'KeyPairNames=["story"]'
  ok $ECS DeleteSecurityGroup RegionId=$REGION "SecurityGroupId=$GROUP_ID"
  ok $VPC DeleteVSwitch RegionId=$REGION "VSwitchId=$VSWITCH_ID"
  until_true 'the vSwitch is gone' none VSwitch $VPC DescribeVSwitches RegionId=$REGION "VSwitchId=$VSWITCH_ID"
  ok $VPC DeleteVpc RegionId=$REGION "VpcId=$VPC_ID"
  until_true 'the VPC is gone' none Vpc $VPC DescribeVpcs RegionId=$REGION "VpcId=$VPC_ID"
}

# Sends an action that must succeed: ok VERSION ACTION NAME=VALUE...
ok() {
  send_v1 GET "$@"
  [[ $STATUS == 200 && $BODY == *"<$2Response"* ]] || fail "$2 answered $STATUS: $BODY"
  [[ $(text RequestId) =~ ^$REQUEST_ID$ ]] || fail "$2 has no RequestId: $BODY"
}

# Whether the one thing that an action shows has a status: is STATUS VERSION ACTION NAME=VALUE...
is() {
  ok "${@:2}"
  [[ $(texts Status) == "$1" ]]
}

# Whether an action shows no such element: none ELEMENT VERSION ACTION NAME=VALUE...
none() {
  ok "${@:2}"
  [[ $BODY != *"<$1>"* ]]
}

# check_refusal STATUS CODE MESSAGE xml|json
check_refusal() {
  same 'HTTP status' "$STATUS" "$1"
  local of=text_of_$4
  same 'Code' "$($of Code)" "$2"
  same 'Message' "$($of Message)" "$3"
  [[ $($of RequestId) =~ ^$REQUEST_ID$ ]] || fail "no RequestId: $BODY"
  [[ -n $($of HostId) ]] || fail "no HostId: $BODY"
}

text_of_xml() {
  [[ $BODY == *'<Error>'* ]] || fail "no Error element: $BODY"
  text "$1"
}

text_of_json() { json_text "$1" "$BODY"; }

# The text of the first element of a name.
text() { texts "$1" | head -n 1; }

# The texts of all elements of a name, one a line.
texts() {
  tr '\n' ' ' <<<"$BODY" | grep -oE "<$1(/>|>[^<]*</$1>)" | sed -E "s#</?$1/?>##g"
}

json_array() {
  local IFS=,
  printf '["%s"]' "$*" | sed 's/,/","/g'
}

same() { [[ $2 == "$3" ]] || fail "$1: expected '$3', got '$2'"; }

fail() {
  echo "  $*" >&2
  exit 1
}

start_server
passed=0 failed=0
for test in two_instances_live_and_go unknown_instance_type_is_refused_in_xml \
  unknown_instance_type_is_refused_in_json unknown_instance_is_not_found; do
  # A test ends with its subshell, so that nothing of it is left for the next.
  if (fresh_account && "$test"); then
    echo "ok     $test"
    passed=$((passed + 1))
  else
    echo "FAILED $test"
    failed=$((failed + 1))
  fi
done
echo "$passed passed, $failed failed"
exit $((failed > 0))
