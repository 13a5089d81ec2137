// The written parts of the language reference; the tables between them are made from the vocabulary.
// A test checks every example in here.

/** A whole workflow, as small as one can be that shows something. */
export const smallFile = `aiwf: 1
workflow: support-reply
title: Answer a support question
accountable: support-lead

actors:
  customer:     { kind: external, clearance: personal }
  support-lead: { kind: human, holders: 2 }
  ai-lead:      { kind: human, holders: 1 }
  reply-agent:
    kind: agent
    sponsor: ai-lead
    model: { provider: example, id: writer, version: "2026-09-01" }
    autonomy: L3
    clearance: personal

data:
  question: { class: personal, trust: untrusted }
  reply:    { class: personal }

start: { on: message, from: customer, gives: [question], next: draft }

steps:
  draft:
    task: Draft a reply
    by: reply-agent
    mode: ai-executed
    reads: [question]
    writes: [reply]
    next: check
  check:
    approval: Check the reply
    by: support-lead
    covers: [reply]
    within: 4h
    on: { approve: send, modify: check, reject: draft, timeout: late }
  send:
    task: Send the reply
    by: support-lead
    effects: [{ kind: message, to: customer, irreversible: true, external: true, uses: [reply] }]
    next: answered
  answered: { end: Customer answered }
  late:     { end: Nobody answered in time, outcome: failed, informed: [support-lead] }`;

export const howAFileIsRead = `* The first key is \`aiwf: 1\`, the second \`workflow: ID\`, or \`library: ID\` for a file that only declares what others use.
* Steps form a graph. Their order in the file means nothing.
* A key that is not on this page is an error, with a suggestion where one is near. Keys that begin with \`x-\` are yours.
* A value that may be a list may also stand alone: \`by: clerk\` is \`by: [clerk]\`.
* Ids are letters, digits, hyphens and underscores. Ids of data are names that conditions can use: no hyphens.
* Anchors and aliases of YAML work, merge keys (\`<<\`) do not.
* A broken part never takes the rest away: everything else is still checked and drawn.`;

export const prose = {
  introduction: `# The aiwf language, version 1

One file describes one workflow: how work moves from its start to its end across people, AI agents, systems and time.
It is YAML, named \`*.aiwf.yaml\` or \`*.aiwf.yml\`. It is a design, not a program: nothing runs it. What it declares is what
the checks, the diagram and the reader go by.

This page is made from the vocabulary that the checks themselves use. In an editor the same texts appear as you type.

## A small file

\`\`\`yaml
${smallFile}
\`\`\`

Read it aloud: a message from the customer starts the case. The agent drafts a reply, a person approves exactly that
reply, and only then it is sent. \`actors\` says who takes part, \`data\` what is worked on, \`steps\` what happens, and each
step says where work goes next: \`next\` when it is done, \`on\` for everything else that can happen.

The design still has faults, and \`aiwf check\` finds them. A rejected reply can go round for ever; whoever changes a
reply is asked to approve the own text; work goes nowhere when the agent fails. Nobody confirms a handoff, and the person
who checks is not told what the draft rests on. Nothing is logged or measured, nothing limits what the agent may spend,
and nobody can stop it.

## How a file is read

${howAFileIsRead}`,
  top: `## The top of a file`,
  actors: `## Actors

Everybody and everything that takes part stands under \`actors\`, by id. The kind decides which keys an actor has.

\`\`\`yaml
actors:
  clerk:    { kind: human, title: Claims clerk, holders: 8, backup: deputy }
  deputy:   { kind: human, holders: 2 }
  summarizer:
    kind: agent
    sponsor: clerk                  # the human who answers for it
    model: { provider: example, id: writer, version: "2026-09-01" }
    tools: { search: { effect: none }, send-mail: { effect: irreversible, external: true } }
    limits: { cost: 2 EUR, wall: 10m }
  ledger:   { kind: system }
\`\`\``,
  data: `## Data

What is worked on stands under \`data\`. Wherever the id of data may stand, a field of it may stand as \`DATA.field\`.

\`\`\`yaml
data:
  claim:
    class: personal
    trust: untrusted                # it comes from outside and may be made to deceive
    fields:
      amount: number                # short form: a type of JSON Schema
      items: [{ name: string }]     # a list
      score: { type: number, minimum: 0, maximum: 1 }
\`\`\`

### Fields

A field is a type (\`string\`, \`number\`, \`integer\`, \`boolean\`, \`object\`, \`array\`, \`null\`), a list of one type, a map of
further fields, or a JSON Schema. Conditions are checked against the fields.`,
  stores: `## Stores

Where data lives longer than one case: logs, records, indexes, what an agent remembers.`,
  events: `## Events

What can happen outside a step: a message, a signal, a condition that becomes true. Steps emit them and wait for them.`,
  calendars: `## Calendars

With a calendar, \`d\` is a working day, and hours and minutes are working time.`,
  policies: `## Policies

A policy admits an effect without approval up to a threshold. The effect names it in \`admitted-by\`.`,
  handoffs: `## Handoffs

An edge is a handoff where the kind, the team or the trust zone of the performer changes. Its contract says what is handed
over and how the receiver takes it. A contract counts when \`ack\` is set.

\`\`\`yaml
handoffs:
  from-ai: { ack: 2h, owner-until-ack: sender, context: [proposal, evidence, confidence, actions, limits] }
steps:
  judge:
    review: Judge the draft
    accepts: [from-ai, { on-reject: draft }]    # a contract by name, with terms laid over it, for all that arrives
    on:
      reject: { to: draft, handoff: { ack: 5m } } # or inline, on one edge
  draft: { task: Draft it }
\`\`\``,
  steps: `## Steps

A step's first key says its kind and gives its title.

\`\`\`yaml
steps:
  estimate:
    task: Estimate the damage
    by: estimator
    reads: [claim, photos]
    writes: { estimate: [photos] }  # which output derives from which input
    within: 1d
    next: offer
    on: { timeout: chase, error: chase }
\`\`\``,
  flow: `## Flow

### Start

Several starts are alternatives. \`start\` is one of them or a list.`,
  targets: `### Targets

A target says where work goes. It is one of these, wherever a target stands:

\`\`\`yaml
steps:
  a-step:         { task: One step after the other, next: b-step }
  a-choice:
    task: The first branch whose condition holds is taken
    next:
      - when: claim.amount <= 2000
        to: b-step
      - else: c-step
  an-open-choice:
    task: The performer chooses
    next: [{ label: easy, to: b-step }, { label: hard, to: c-step }]
  a-split:        { task: All of them at once, next: { all: [b-step, c-step] } }
  an-inclusive-split:
    task: Each branch whose condition holds
    next: { any: [{ when: claim.injured, to: b-step }, { when: claim.amount > 500, to: c-step }] }
  a-bounded-loop:
    review: At most three rounds, then someone else decides
    on: { approve: c-step, reject: { to: b-step, max: 3, exhausted: c-step } }
  b-step:         { task: B }
  c-step:         { task: C, join: any }
\`\`\`

After a split, \`join\` of the step where the paths meet says how: \`any\` (the default) lets each arriving path go on, \`all\`
waits for every incoming edge, \`live\` for every path that can still arrive.`,
  outcomes: `### Outcomes

\`on\` says where work goes at an outcome or an event. These outcomes are built in:`,
  outcomesOfSteps: `A step *has*, and has to handle:

* \`timeout\` with \`within\`, or when it waits for an event;
* \`error\` and \`unavailable\` when an agent performs it, \`error\` when a system does;
* \`low-confidence\` with a \`gate\`, \`absent\` when the performer has a \`backup\`;
* the outcomes it declares under \`outcomes\`.

\`done\`, \`approve\`, \`not-filed\` and declared outcomes use \`next\` where \`on\` does not name them. \`modify\`, \`reject\`,
\`error\`, \`timeout\`, \`low-confidence\`, \`unavailable\` and \`absent\` never do: most controls are lost on such paths, so each
is written down. What a step does not handle goes to the scope around it, then to \`on\` at the top of the file.

A scope and a call have the outcomes of the ends reached inside:`,
  values: `## Values

| value | examples |
|---|---|
| duration | \`45s\`, \`30m\`, \`4h\`, \`5d\`, \`2w\`, \`6mo\`, \`7y\`, \`1d12h\`, \`PT48H\`, or \`DATA.field\` |
| amount | \`200 EUR\`, \`1.5k USD\` |
| share | \`25%\`, \`50/1200\` |
| number | \`30\`, \`200k\`, \`1.5M\` |
| date | \`2026-09-01\` |
| point | a moment in the flow: \`STEP.OUTCOME\`, a step or an event |

### Conditions

A condition is an expression in [CEL](https://cel.dev) over the data of the file: \`claim.amount <= 2000 && !claim.injured\`.
Its syntax, names and types are checked against the fields that \`data\` declares. Where a condition holds a \`#\` or \`: \`, or
begins with a quote, put it in quotes or write it as a block after \`|\`.`,
} as const;
