// The newer official SDKs (@alicloud/ecs20140526 and its sibling) behind the two methods of `story.js`.

import assert from 'node:assert/strict';

import ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import vpc from '@alicloud/vpc20160428';
import dara from '@darabonba/typescript';

import { REGION } from './moyun.js';
import { VPC_ACTIONS } from './story.js';

/** Clients of one account. Without `signatureAlgorithm` they sign with V3, with `v2` by V1. */
export class Tea {
  #ecs;
  #vpc;

  constructor(server, account, signatureAlgorithm) {
    const config = new $OpenApiUtil.Config({
      accessKeyId: account.access_key_id,
      accessKeySecret: account.access_key_secret,
      endpoint: server.address,
      protocol: 'http',
      regionId: REGION,
      signatureAlgorithm,
    });
    this.#ecs = new ecs.default(config);
    this.#vpc = new vpc.default(config);
  }

  async call(action, parameters) {
    const [client, models] = VPC_ACTIONS.has(action) ? [this.#vpc, vpc] : [this.#ecs, ecs];
    const request = dara.cast(parameters, new models[`${action}Request`]({}));
    const answer = await client[action[0].toLowerCase() + action.slice(1)](request);
    return dara.toMap(answer.body);
  }

  async refusal(action, parameters) {
    const refused = await this.call(action, parameters).then(
      () => assert.fail(`${action} was not refused`),
      (error) => error,
    );
    const { code, statusCode: status, requestId } = refused;
    return { code, status, message: reportedMessage(refused), requestId };
  }
}

/** The server's sentence: the SDK puts code and status before it and the request id behind it. */
function reportedMessage({ code, statusCode, message, requestId }) {
  const before = `${code}: code: ${statusCode}, `;
  const after = ` request id: ${requestId}`;
  assert.ok(message.startsWith(before) && message.endsWith(after), message);
  return message.slice(before.length, -after.length);
}
