// Lets the suite, which runs inside VS Code, call functions of the launcher: JSON over HTTP on this machine only.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { stripVTControlCharacters } from 'node:util';
import { onEnd } from './processes.mjs';

/**
 * @param {Record<string, (args: any) => unknown>} actions
 * @returns {Promise<string>} the address for `AIWF_BRIDGE`; nobody else can guess its path
 */
export async function openBridge(actions) {
  const path = `/${randomUUID()}`;
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST' || request.url !== path) return response.writeHead(404).end();
    const answer = await perform(actions, await bodyOf(request));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  onEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${server.address().port}${path}`;
}

async function perform(actions, body) {
  try {
    const { action, args } = JSON.parse(body);
    if (!Object.hasOwn(actions, action)) throw new Error(`The launcher has no action "${action}".`);
    return { value: (await actions[action](args ?? {})) ?? null };
  } catch (error) {
    return { error: stripVTControlCharacters(error instanceof Error ? error.message : String(error)) };
  }
}

async function bodyOf(request) {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  return body;
}
