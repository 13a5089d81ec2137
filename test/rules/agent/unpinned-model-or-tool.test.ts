// agent/unpinned-model-or-tool: every model, and every tool that a server offers, has a version that never changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forRules, head } from '../../support/check.ts';

const { check, fixed } = forRules('agent/unpinned-model-or-tool');

const rest = 'start: { next: finish }\nsteps: { finish: { end: Finished } }\n';

function agent(keys: string): string {
  return `${head}
actors:
  own: { kind: agent, sponsor: ai-lead, ${keys} }
${rest}`;
}

test('a model without a version', () => {
  check(`${head}
actors:
  own: { kind: agent, sponsor: ai-lead, model: { provider: example, id: writer } }
  #                                                                     ^^^^^^ warning agent/unpinned-model-or-tool: The model 'writer' of 'own' can change unnoticed: it has no version. Name the exact version.
${rest}`);
});

test('a version that moves: an alias, a range, a wildcard', () => {
  for (const version of ['latest', 'stable', '"^2"', '"~1.2"', '">=3"', '"1.x"', '"2.*"', 'writer-latest', 'main'])
    check(`${head}
actors:
  own: { kind: agent, sponsor: ai-lead, model: { id: writer, version: ${version} } }
  #                                                                   ${'^'.repeat(version.length)} agent/unpinned-model-or-tool: moves. Name the exact version.
${rest}`);
});

test('each of several models is judged, those tried later as well', () => {
  check(`${head}
actors:
  own:
    kind: agent
    sponsor: ai-lead
    model:
      - { provider: example, id: writer, version: "2026-09-01" }
      - { provider: other, id: spare }
      #                        ^^^^^ agent/unpinned-model-or-tool: The model 'spare' of 'own'
${rest}`);
});

test('a tool that a server offers needs a version, and no tool has one that moves', () => {
  check(`${head}
actors:
  own:
    kind: agent
    sponsor: ai-lead
    tools:
      search: { effect: none, server: search-server }
#     ^^^^^^ agent/unpinned-model-or-tool: The tool 'search' of 'own' can change unnoticed: the server 'search-server' may offer another one any day. Name the exact version or digest.
      mail: { effect: none, server: "npm:mail-server@latest" }
      #                             ^^^^^^^^^^^^^^^^^^^^^^^^ agent/unpinned-model-or-tool: 'npm:mail-server@latest' moves
      look: { effect: none, version: latest }
      #                              ^^^^^^ agent/unpinned-model-or-tool: 'latest' moves
${rest}`);
});

test('silent: exact versions and digests, dates in a name, built-in tools, no model at all', () => {
  for (const keys of [
    'model: { provider: example, id: writer, version: "2026-09-01" }',
    'model: { id: writer, version: "1.2.3-beta" }',
    'model: { id: writer, version: 4 }',
    'model: { id: writer-latest, version: "2026-09-01" }',
    'model: { id: writer-20260901 }',
    'model: { id: "writer@1.4" }',
    'model: { provider: example }',
    'identity: own',
    'tools: { search: { effect: none } }',
    'tools: { search: { effect: none, server: search-server, version: "sha256:0a1b" } }',
    'tools: { search: { effect: none, server: "search-server@1.2.0" } }',
    'tools: { search: { effect: none, server: "registry.example/search:1.2.0" } }',
    'tools: { mix: { effect: none, version: "1.0.0-x86" } }',
  ])
    check(agent(keys));
});

test('half-typed versions say nothing', () => {
  check(`${head}
actors:
  own: { kind: agent, sponsor: ai-lead, model: { id: writer, version: [] } }
  #                                                                   ^^ language/invalid-value
${rest}`);
});

test('an imported agent is judged in its own file, once', () => {
  check(
    `${head}
use: [./people.aiwf.yaml, ./agents.aiwf.yaml]
${rest}
#- agents.aiwf.yaml
aiwf: 1
library: agents
use: [./people.aiwf.yaml]
actors:
  own: { kind: agent, sponsor: ai-lead, model: { id: writer } }
  #                                                  ^^^^^^ agent/unpinned-model-or-tool
`.replace('use: [./people.aiwf.yaml]\n\nuse', 'use'),
  );
});

test('the fix pins it to the version that another agent of the file uses', () => {
  const two = (version: string) => `${head}
actors:
  one: { kind: agent, sponsor: ai-lead, model: { provider: example, id: writer, version: "2026-09-01" } }
  own: { kind: agent, sponsor: ai-lead, model: { provider: example, id: writer${version} } } # the same
${rest}`;
  const title = 'Pin it to "2026-09-01", as elsewhere in this file';
  const now = `+   own: { kind: agent, sponsor: ai-lead, model: { provider: example, id: writer, version: "2026-09-01" } } # the same`;
  assert.equal(
    fixed(two(''), title),
    `-   own: { kind: agent, sponsor: ai-lead, model: { provider: example, id: writer } } # the same\n${now}`,
  );
  assert.equal(
    fixed(two(', version: latest'), title),
    `-   own: { kind: agent, sponsor: ai-lead, model: { provider: example, id: writer, version: latest } } # the same\n${now}`,
  );
});
