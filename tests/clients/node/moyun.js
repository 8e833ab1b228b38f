// Starts a Moyun server of its own for one test file and speaks to its admin listener.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export const REGION = 'cn-hangzhou';
export const ZONE = 'cn-hangzhou-h';

// The server refuses timestamps more than fifteen minutes off its clock, and every client here
// stamps its requests with the real time. So one server's manual clock may not run further ahead.
const ADVANCE_MAX_S = 13 * 60;

/** One running server with a manual clock. Its state ends with it. */
export class Server {
  #process;
  #admin;
  #advancedS = 0;

  /** Starts a server and returns once it answers requests. */
  static async start() {
    const server = new Server();
    server.address = `127.0.0.1:${await freePort()}`;
    server.#admin = `127.0.0.1:${await freePort()}`;
    const flags = ['serve', '--ephemeral', '--listen', server.address, '--admin-listen', server.#admin];
    server.#process = spawn(process.env.MOYUN_BIN, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await firstLine(server.#process);
      await server.#tell('PATCH', '/admin/world/clock', { mode: 'manual' });
    } catch (error) {
      server.stop();
      throw error;
    }
    return server;
  }

  /** Makes an account that no other test knows. */
  account() {
    return this.#tell('POST', '/admin/accounts', {});
  }

  /** Moves the manual clock. */
  async advance(seconds) {
    this.#advancedS += seconds;
    assert.ok(this.#advancedS <= ADVANCE_MAX_S, 'the clock would leave the window of real timestamps');
    await this.#tell('POST', '/admin/clock/advance', { seconds });
  }

  /** Advances the clock, five seconds a step and a minute at most, until `reached()` holds. */
  async until(reached, what) {
    for (let step = 0; step < 12; step += 1) {
      if (await reached()) return;
      await this.advance(5);
    }
    assert.ok(await reached(), `not within a minute of the server's time: ${what}`);
  }

  /** Ends the process. */
  stop() {
    this.#process.kill('SIGKILL');
  }

  async #tell(method, path, body) {
    const answer = await fetch(`http://${this.#admin}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text.trim() ? JSON.parse(text) : undefined;
  }
}

/** Resolves with the first line on stdout, rejects when the process ends without one. */
function firstLine(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`moyun ended before it was ready, exit code ${code}`)));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
