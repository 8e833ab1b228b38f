// @alicloud/pop-core behind the two methods of `story.js`.

import assert from 'node:assert/strict';

import PopCore from '@alicloud/pop-core';

import { VPC_ACTIONS } from './story.js';

/** Clients of one account that send every request with `method`. */
export class Pop {
  #method;
  #ecs;
  #vpc;

  constructor(server, account, method) {
    const shared = {
      accessKeyId: account.access_key_id,
      accessKeySecret: account.access_key_secret,
      endpoint: `http://${server.address}`,
    };
    this.#method = method;
    this.#ecs = new PopCore({ ...shared, apiVersion: '2014-05-26' });
    this.#vpc = new PopCore({ ...shared, apiVersion: '2016-04-28' });
  }

  call(action, parameters) {
    const client = VPC_ACTIONS.has(action) ? this.#vpc : this.#ecs;
    return client.request(action, flattened(parameters), { method: this.#method });
  }

  async refusal(action, parameters) {
    const refused = await this.call(action, parameters).then(
      () => assert.fail(`${action} was not refused`),
      (error) => error,
    );
    const { Message: message, RequestId: requestId } = refused.data;
    assert.equal(refused.name, `${refused.code}Error`);
    assert.ok(refused.message.startsWith(`${message}, URL: `), refused.message);
    return { code: refused.code, status: refused.entry.response.statusCode, message, requestId };
  }
}

// pop-core spells lists out by itself, but a structure has to come with its dots.
function flattened(parameters) {
  const flat = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      for (const [field, inner] of Object.entries(value)) flat[`${name}.${field}`] = inner;
    } else {
      flat[name] = value;
    }
  }
  return flat;
}
