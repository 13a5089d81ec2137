// Texts of the color tests: caret comments name the scopes that the characters above them must have.
export const cases: Record<string, string> = {
  'top-level keys and the id of the workflow': `
aiwf: 1
#^^^ keyword.other.section
#     ^ constant.numeric
workflow: support-reply
#^^^^^^^ keyword.other.section
#         ^^^^^^^^^^^^^ entity.name.type.workflow
title: Answer a support question
#      ^^^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted
accountable: support-lead
#            ^^^^^^^^^^^^ variable.other.reference
risk: high
#     ^^^^ variable.other.enummember
x-team: blue
#^^^^^ keyword.other.section
review: { every: 90d, last: 2026-09-01, by: ai-lead, reads: [feedback] }
#^^^^^ keyword.other.section
#         ^^^^^ support.type.property-name
#                ^^ constant.numeric.duration
#                  ^ keyword.other.unit
#                           ^^^^^^^^^^ constant.numeric.date
#                                           ^^^^^^^ variable.other.reference
#                                                            ^^^^^^^^ variable.other.reference
context: [claims, 24x7]
#         ^^^^^^ string.unquoted
`,
  'ids are declarations': `
actors:
#^^^^^ keyword.other.section
  customer:     { kind: external, clearance: personal }
# ^^^^^^^^ entity.name.type.actor
#                 ^^^^ support.type.property-name
#                       ^^^^^^^^ variable.other.enummember
#                                            ^^^^^^^^ variable.other.enummember
  reply-agent:
# ^^^^^^^^^^^ entity.name.type.actor
    kind: agent
#   ^^^^ support.type.property-name
#         ^^^^^ variable.other.enummember
    sponsor: ai-lead          # not the one who checks
#            ^^^^^^^ variable.other.reference
#                             ^^^^^^^^^^^^^^^^^^^^^^^^ comment.line
    tools:
      send_mail: { effect: irreversible, returns: [question] }
#     ^^^^^^^^^ entity.name.type.declaration
#                          ^^^^^^^^^^^^ variable.other.enummember
#                                                  ^^^^^^^^ variable.other.reference
    limits: { cost: 2 EUR, calls: 30, tokens: 200k, wall: 10m }
#                   ^ constant.numeric.amount
#                     ^^^ keyword.other.unit
#                                 ^^ constant.numeric
#                                             ^^^^ constant.numeric
#                                                         ^^ !string
data:
  estimate: { class: personal, fields: { amount: number, ok: { type: boolean } } }
# ^^^^^^^^ entity.name.variable.data
#                    ^^^^^^^^ variable.other.enummember
#                                        ^^^^^^ entity.name.variable.data
#                                                        ^^ entity.name.variable.data
#                                                              ^^^^ support.type.property-name
stores: { trail: { kind: log, retain: 7y } }
#         ^^^^^ entity.name.type.declaration
#                                     ^ constant.numeric.duration
#                                      ^ keyword.other.unit
events:
  paid: { kind: message, from: customer }
# ^^^^ entity.name.type.declaration
#                              ^^^^^^^^ variable.other.reference
`,
  'step kinds, titles and targets': `
steps:
#^^^^ keyword.other.section
  draft:
# ^^^^^ entity.name.function.step
    task: Draft a reply, then stop
#   ^^^^ keyword.control.step
#         ^^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted.title
    by: [reply-agent, helper]
#   ^^ support.type.property-name
#        ^^^^^^^^^^^ variable.other.reference
#                     ^^^^^^ variable.other.reference
    mode: ai-executed
#         ^^^^^^^^^^^ variable.other.enummember
    writes: { reply: [question] }
#             ^^^^^ variable.other.reference
#                     ^^^^^^^^ variable.other.reference
    within: PT48H
#           ^^^^^ constant.numeric.duration
    next: check
#         ^^^^^ variable.other.reference
  check:
    approval: "Check: the reply"
#   ^^^^^^^^ keyword.control.step
#             ^^^^^^^^^^^^^^^^^^ string.quoted.double
  quit: { end: Customer answered, outcome: completed }
# ^^^^ entity.name.function.step
#         ^^^ keyword.control.step
#              ^^^^^^^^^^^^^^^^^ string.unquoted.title
#                                          ^^^^^^^^^ variable.other.enummember
  sub:
    call: ./other.aiwf.yaml
#   ^^^^ keyword.control.step
#         ^^^^^^^^^^^^^^^^^ string.unquoted
  inner:
    scope: Settle
#   ^^^^^ keyword.control.step
    steps:
      a: { task: Look }
#     ^ entity.name.function.step
#          ^^^^ keyword.control.step
  last:
# ^^^^ entity.name.function.step
    wait: For the customer
#   ^^^^ keyword.control.step
stop: { by: ai-lead, scope: workflow, within: 60s }
#           ^^^^^^^ variable.other.reference
#                    ^^^^^ support.type.property-name !keyword.control
#                                             ^^ constant.numeric.duration
`,
  'outcomes under on, in flow and in block style': `
steps:
  check:
    on: { approve: send, not-filed: { to: chase, max: 3 }, timeout: escalate }
#   ^^ support.type.property-name
#         ^^^^^^^ variable.other.enummember.outcome
#                  ^^^^ variable.other.reference
#                        ^^^^^^^^^ variable.other.enummember.outcome
#                                     ^^ support.type.property-name
#                                         ^^^^^ variable.other.reference
#                                                     ^ constant.numeric
#                                                          ^^^^^^^ variable.other.enummember.outcome
  other:
    on:
      low-confidence: senior    # a person decides
#     ^^^^^^^^^^^^^^ variable.other.enummember.outcome
#                     ^^^^^^ variable.other.reference
#                               ^^^^^^^^^^^^^^^^^^ comment.line
      reject:
#     ^^^^^^ variable.other.enummember.outcome
        to: draft
#       ^^ support.type.property-name
#           ^^^^^ variable.other.reference
      error: none
#            ^^^^ constant.language
    outcomes: { grant: favourable, deny: adverse }
#               ^^^^^ variable.other.enummember.outcome
#                      ^^^^^^^^^^ variable.other.enummember
    gate: { on: reply.confidence, at-least: 0.85, below: senior }
#               ^^^^^ variable.other.reference
#                    ^ punctuation.accessor
#                     ^^^^^^^^^^ variable.other.property
#                                           ^^^^ constant.numeric
#                                                        ^^^^^^ variable.other.reference
`,
  'conditions in plain values': `
steps:
  a:
    next:
      - when: estimate.confidence >= 0.85 && !(kind in ["x", 'y'])   # CEL
#     ^ punctuation.definition.block.sequence.item
#       ^^^^ keyword.control.conditional
#             ^^^^^^^^ variable.other.readwrite
#                     ^ punctuation.accessor
#                      ^^^^^^^^^^ variable.other.property
#                                 ^^ keyword.operator.comparison
#                                    ^^^^ constant.numeric
#                                         ^^ keyword.operator.logical
#                                            ^ keyword.operator.logical
#                                              ^^^^ variable.other.readwrite
#                                                   ^^ keyword.operator.expression.in
#                                                       ^^^ string.quoted
#                                                            ^^^ string.quoted
#                                                                    ^^^^^ comment.line
        to: template-offer
#       ^^ support.type.property-name
#           ^^^^^^^^^^^^^^ variable.other.reference
        share: 60%
#              ^^ constant.numeric.share
#                ^ keyword.other.unit
      - when: items.exists(i, i.price > 10u) ? has(a.b) : size(c) % 2 == 0
#                   ^^^^^^ support.function.macro
#                                       ^^^ constant.numeric
#                                            ^ keyword.operator.ternary
#                                              ^^^ support.function.macro
#                                                         ^^^^ entity.name.function
#                                                                 ^ keyword.operator.arithmetic
        to: b
      - else: senior-review
#       ^^^^ keyword.control.conditional
#             ^^^^^^^^^^^^^ variable.other.reference
    within: 4h
#           ^ constant.numeric.duration
sla: { max: 5d, when: true }
#                     ^^^^ constant.language
`,
  'a condition goes on in deeper lines only': `
steps:
  a:
    done-when: first == 1 &&
      second == true
#     ^^^^^^ variable.other.readwrite
#            ^^ keyword.operator.comparison
#               ^^^^ constant.language
    until:
      third != null
#     ^^^^^ variable.other.readwrite
#           ^^ keyword.operator.comparison
    by: someone
#   ^^ support.type.property-name
#       ^^^^^^^ variable.other.reference
`,
  'conditions in quotes': `
steps:
  a:
    next:
      - when: "status == 'open, or not' && name == \\"x\\""   # why
#             ^ punctuation.definition.string.begin string.quoted.double
#              ^^^^^^ variable.other.readwrite
#                     ^^ keyword.operator.comparison
#                        ^^^^^^^^^^^^^^ string.quoted.cel
#                                       ^^ keyword.operator.logical
#                                                       ^ punctuation.definition.string.end
#                                                           ^^^^^ comment.line
        to: b
#       ^^ support.type.property-name
    accept-if: 'kind == "a" || kind == ''b'''
#               ^^^^ variable.other.readwrite
#                       ^^^ string.quoted.cel
#                           ^^ keyword.operator.logical
#                                      ^^^^^ string.quoted.cel
    by: c
#   ^^ support.type.property-name
`,
  'conditions in block scalars': `
steps:
  a:
    next:
      - when: |
#             ^ keyword.control.flow.block-scalar
          amount > 5     // a comment of CEL
#         ^^^^^^ variable.other.readwrite
#                        ^^^^^^^^^^^^^^^^^^^ comment.line
          && ok == true
#         ^^ keyword.operator.logical
        to: b
#       ^^ support.type.property-name
#           ^ variable.other.reference
    done-when: >-   # folded
#              ^ keyword.control.flow.block-scalar
#               ^ storage.modifier.chomping-indicator
#                   ^^^^^^^^ comment.line

      size(items) == 0
#     ^^^^ !comment

    description: |
      when: this is text # not a comment
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted.block !comment
    by: c
#   ^^ support.type.property-name
`,
  'conditions in flow maps end where YAML ends them': `
steps:
  a:
    next: [{ when: a.b >= 1, to: x, share: 50/1200 }, { else: y }]
#            ^^^^ keyword.control.conditional
#                  ^ variable.other.readwrite
#                    ^ variable.other.property
#                      ^^ keyword.operator.comparison
#                            ^^ support.type.property-name
#                                ^ variable.other.reference
#                                          ^^ constant.numeric.share
#                                                       ^^^^ keyword.control.conditional
#                                                             ^ variable.other.reference
    accepts: { accept-if: size(list) > 0 && kind == "it", ack: 30m, on-reject: sender }
#                         ^^^^ entity.name.function
#                                                   ^^^^ string.quoted.cel
#                                                         ^^^ support.type.property-name
#                                                              ^^ constant.numeric.duration
#                                                                              ^^^^^^ constant.language
  b: { task: Look, next: { any: [{ when: "x in [1, 2], }", to: c }, { else: d }] } }
#                                         ^ variable.other.readwrite
#                                           ^^ keyword.operator.expression.in
#                                                          ^^ support.type.property-name
#                                                              ^ variable.other.reference
#                                                                           ^ variable.other.reference
  c:
    task: Next
#   ^^^^ keyword.control.step
`,
  'conditions in lists': `
steps:
  a:
    ensures: [offer.amount == estimate.amount, offer.ok, "a == 'b'"]
#             ^^^^^ variable.other.readwrite
#                          ^^ keyword.operator.comparison
#                                            ^ punctuation.separator.sequence
#                                                    ^^ variable.other.property
#                                                           ^^ keyword.operator.comparison
#                                                              ^^^ string.quoted.cel
    validates: [reply]
#               ^^^^^ variable.other.reference
  b:
    ensures:
      - offer.amount == 3
#     ^ punctuation.definition.block.sequence.item
#             ^^^^^^ variable.other.property
#                    ^^ keyword.operator.comparison
#                       ^ constant.numeric
      - "offer.ok && 'x' != y"
#                 ^^ keyword.operator.logical
#                    ^^^ string.quoted.cel
      - |
        offer.total > 1
#                   ^ keyword.operator.comparison
    by: c
#   ^^ support.type.property-name
`,
  'authority holds conditions by outcome': `
actors:
  adjuster:
    kind: human
    authority: { approve: estimate.amount <= 5000, deny: false }
#                ^^^^^^^ variable.other.enummember.outcome
#                                         ^^ keyword.operator.comparison
#                                            ^^^^ constant.numeric
#                                                  ^^^^ variable.other.enummember.outcome
#                                                        ^^^^^ constant.language
  senior:
    kind: human
    authority:
      approve: estimate.amount <= 5000
#     ^^^^^^^ variable.other.enummember.outcome
#                              ^^ keyword.operator.comparison
      deny: true
#           ^^^^ constant.language
    holders: 2
#            ^ constant.numeric
`,
  'values of the language': `
timers:
  - { after: 1d12h, every: 2w, times: 3, at: 2026-10-01T08:00Z, to: remind, keep: true }
#            ^ constant.numeric.duration
#             ^ keyword.other.unit
#              ^^ constant.numeric.duration
#                ^ keyword.other.unit
#                                            ^^^^^^^^^^^^^^^^^ constant.numeric.date
#                                                                   ^^^^^^ variable.other.reference
#                                                                                 ^^^^ constant.language.boolean
  - after: 6mo
#          ^ constant.numeric.duration
#           ^^ keyword.other.unit
calendars:
  office: { days: mon-fri, hours: 08:00-18:00, zone: Europe/Berlin }
#                                 ^^^^^^^^^^^ constant.numeric.time
metrics:
  - { id: speed, target: [0.5, 4h], amount: 1.5M, cap: 300 EUR }
#                         ^^^ constant.numeric
#                              ^ constant.numeric.duration
#                                           ^^^^ constant.numeric
#                                                      ^^^ constant.numeric.amount
purpose: 3 people wait 4h
#        ^^^^^^^^^^^^^^^^ string.unquoted !constant.numeric
version: "2026-09-01"
#        ^^^^^^^^^^^^ string.quoted.double !constant.numeric
`,
  'anchors, aliases, tags and documents stay YAML': `
---
#^^ entity.other.document.begin
defaults: &base
#         ^ punctuation.definition.anchor
#          ^^^^ variable.other.anchor
  within: 4h
# ^^^^^^ support.type.property-name
steps:
  a:
    next: *target
#         ^^^^^^^ keyword.control.flow.alias
    log: !custom { to: trail }
#        ^^^^^^^ storage.type.tag
#                      ^^^^^ variable.other.reference
    done-when: &d a && b
#              ^^ keyword.control.flow.anchor
#                   ^^ keyword.operator.logical
    until: *d
#          ^^ keyword.control.flow.alias
`,
  'comments stay comments': `
# steps: { when: a > 1 }
#^^^^^^^^^^^^^^^^^^^^^^^ comment.line !keyword
aiwf: 1 # when: x
#       ^^^^^^^^^ comment.line !keyword
steps:
# at the margin
#^^^^^^^^^^^^^^ comment.line
  a:   # after an id
#      ^^^^^^^^^^^^^ comment.line
    task: Fix issue#7 # why
#         ^^^^^^^^^^^ string.unquoted.title !comment
#                     ^^^^^ comment.line
    # between keys: 4h
#   ^^^^^^^^^^^^^^^^^^ comment.line
    next:
    # before the list
#   ^^^^^^^^^^^^^^^^^ comment.line
      - when: a == 1 # in a condition "
#                    ^^^^^^^^^^^^^^^^^^ comment.line
 # odd place
 #^^^^^^^^^^ comment.line
        to: b
#       ^^ support.type.property-name
    on: { approve: send, # in a flow map }
#                        ^^^^^^^^^^^^^^^^^ comment.line
          reject: draft } # end
#         ^^^^^^ variable.other.enummember.outcome
#                         ^^^^^ comment.line
`,
  'the rule of a decision may be a condition, the rule of a waiver is a name': `
steps:
  a:
    rule: score > 5
#         ^^^^^ variable.other.readwrite
#               ^ keyword.operator.comparison
  b:
    rule: ./rates.dmn
#         ^^^^^^^^^^^ string.unquoted !keyword.operator
waivers:
  - { rule: flow/condition-gap, at: a }
#           ^^^^^^^^^^^^^^^^^^ string.unquoted !keyword.operator
`,
  'a dash may stand under its key': `
steps:
  a:
    next:
    - when: a > 1
#     ^^^^ keyword.control.conditional
#             ^ keyword.operator.comparison
      to: b
#     ^^ support.type.property-name
    - else: c
#     ^^^^ keyword.control.conditional
    by: d
#   ^^ support.type.property-name
  b:
# ^ entity.name.function.step
`,
  'an open quote ends with its value': `
steps:
  a:
    task: "Draft
    by: agent
#   ^^ support.type.property-name
#       ^^^^^ variable.other.reference
    next:
      - when: "a > 1 && b == 'x
        to: c
#       ^^ support.type.property-name
      # a comment
#     ^^^^^^^^^^^ comment.line
      - when: name == "open
#                     ^^^^^ string.quoted.cel
        to: d
#       ^^ support.type.property-name
      - else: 'x
      # a comment
#     ^^^^^^^^^^^ comment.line
  b:
# ^ entity.name.function.step
    ensures: ["a == 1
    # a comment
#   ^^^^^^^^^^^ comment.line
    mode: collaborative
#         ^^^^^^^^^^^^^ variable.other.enummember
`,
  'an open bracket ends with its value': `
start: { on: message, from: cust
#            ^^^^^^^ constant.language
steps:
#^^^^ keyword.other.section
  a:
    by: [one, two
    on: { approve: send, reject:
    next:
#   ^^^^ support.type.property-name
      - { when: size(a > 1, to:
      - when: (a + (b * 2
#                ^ keyword.operator.arithmetic
        to: c
#       ^^ support.type.property-name
  b:
# ^ entity.name.function.step
stop: {
  by: lead
# ^^ support.type.property-name
}
timers: []
#^^^^^ keyword.other.section
`,
  'half-typed keys and values': `
aiwf
work
steps:
#^^^^ keyword.other.section
  a:
    appr
    by:
    next:
#   ^^^^ support.type.property-name
      -
      - wh
      - when:
      - when: a.
#             ^ variable.other.readwrite
      - when: a ==
#               ^^ keyword.operator.comparison
        to:
    on: { tim
    mode: ai-
#   ^^^^ support.type.property-name
  b
  c:
# ^ entity.name.function.step
    task:
    by: x
#       ^ variable.other.reference
 odd
  d: { end
  e:
# ^ entity.name.function.step
    : x
    "when: y
    - z
    within: 4h
#           ^ constant.numeric.duration
data:
#^^^ keyword.other.section
`,
  'a configuration, and the conditions and examples of rules in it': `
profile: [recommended, sox]
#^^^^^^ keyword.other.section
#         ^^^^^^^^^^^ string.unquoted
rules:
#^^^^ keyword.other.section
  flow/unbounded-loop: error
# ^^^^^^^^^^^^^^^^^^^ support.type.property-name
today: 2026-11-24
#      ^^^^^^^^^^ constant.numeric.date
custom-rules:
#^^^^^^^^^^^ keyword.other.section
  - id: acme/own-models
#   ^^ support.type.property-name
    when: step.reads.exists(d, "payroll" in d.labels)
#   ^^^^ keyword.control.conditional
#                              ^^^^^^^^^ string.quoted
    require: a.kind != "agent" || b == 1
#   ^^^^^^^ keyword.control.conditional
#                   ^^ keyword.operator
#                      ^^^^^^^ string.quoted
    severity: error
#             ^^^^^ variable.other.enummember
    fail: |
#         ^ keyword.control.flow.block-scalar
      aiwf: 1
#     ^^^^ support.type.property-name
      steps:
        pay: { task: Pay, by: clerk }
#                             ^^^^^ variable.other.reference
    pass: |
#   ^^^^ support.type.property-name !meta.embedded.block
      aiwf: 1
waivers:
#^^^^^^ keyword.other.section
`,
};
