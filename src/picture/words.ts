// The words that a picture and its page show or say to a screen reader beside the workflow's own.
import type { LaneKind, NodeKind } from './picture.ts';
import type { ContractTerm, DataClassName, DataTerm, DataUse, ParticipationMode, Role, SpanUnit } from './views.ts';

/** What the diagram's page shows or says beside the workflow's own words, in the language of the reader. */
export interface PictureWords {
  readonly time: Readonly<Record<'name' | 'kept' | 'missed' | 'unknown' | 'minutes' | 'hours' | 'days', string>>;
  readonly picture: string;
  readonly workflow: string;
  readonly lane: string;
  readonly node: string;
  readonly inside: string;
  readonly edge: string;
  readonly labeledEdge: string;
  readonly exceptional: string;
  readonly handoff: string;
  readonly legendHandoff: string;
  readonly legendException: string;
  readonly legendMessage: string;
  readonly incomplete: string;
  readonly failed: string;
  readonly failedAfter: string;
  readonly broken: string;
  readonly brokenAfter: string;
  readonly counts: Readonly<Record<'error' | 'warning' | 'info', string>>;
  readonly steps: string;
  readonly severities: Readonly<Record<'error' | 'warning' | 'info', string>>;
  readonly unknown: string;
  readonly witness: string;
  readonly fix: string;
  readonly filter: string;
  readonly anyStandard: string;
  readonly anyActor: string;
  readonly tally: string;
  readonly noFindings: string;
  readonly findingsHere: string;
  readonly comparedWith: string;
  readonly noChanges: string;
  readonly noEarlier: string;
  readonly noTimes: string;
  readonly leads: string;
  readonly leadsIf: string;
  readonly hits: string;
  readonly empty: string;
  readonly exports: Readonly<Record<'tooLarge' | 'noPicture' | 'noTable', string>>;
  readonly changes: Readonly<Record<'control-lost' | 'control-added' | 'added' | 'removed' | 'changed', string>>;
  readonly performers: Readonly<Record<LaneKind, string>>;
  readonly kinds: Readonly<Record<NodeKind, string>>;
  /** One of a unit, and several. */
  readonly spans: Readonly<Record<SpanUnit, readonly [one: string, more: string]>>;
  readonly handoffs: HandoffWords;
  readonly responsibilities: ResponsibilityWords;
  readonly data: DataWords;
  readonly edit: EditWords;
}

export interface HandoffWords {
  readonly title: string;
  /** From whom, to whom. */
  readonly row: string;
  readonly gives: string;
  readonly at: string;
  readonly anyOf: string;
  readonly contract: Readonly<Record<ContractTerm, string>>;
}

export interface ResponsibilityWords {
  readonly title: string;
  readonly step: string;
  readonly groups: Readonly<Record<'people' | 'ai' | 'systems', string>>;
  readonly roles: Readonly<Record<Role, string>>;
  readonly inherited: string;
  readonly modes: Readonly<Record<ParticipationMode, string>>;
  readonly decides: string;
}

export interface DataWords {
  readonly title: string;
  readonly data: string;
  readonly written: string;
  readonly read: string;
  readonly ai: string;
  readonly uses: Readonly<Record<DataUse['how'], string>>;
  readonly noClass: string;
  readonly classes: Readonly<Record<DataClassName, string>>;
  readonly facts: Readonly<Record<DataTerm, string>>;
  readonly madeIn: string;
  readonly derivedIn: string;
  readonly reaches: string;
  readonly nowhere: string;
  readonly reviews: Readonly<Record<'before' | 'here' | 'none', string>>;
}

/** Of changes made in the picture. */
export interface EditWords {
  /** Name of the menu of a step or an edge. */
  readonly menu: string;
  readonly rename: string;
  readonly append: string;
  readonly move: string;
  readonly connect: string;
  readonly delete: string;
  readonly insert: string;
  readonly disconnect: string;
  readonly renameTitle: string;
  readonly newTitle: string;
  readonly picking: string;
  readonly unchanged: string;
  readonly toLane: string;
  readonly toNode: string;
}

/** `t`: a text in the language of the editor; `{0}` is filled in by the page. */
export function pictureWords(t: (text: string) => string): PictureWords {
  return {
    time: {
      name: t('Time on the longest way'),
      kept: t('kept'),
      missed: t('missed'),
      unknown: t('not known'),
      minutes: t('{0} min'),
      hours: t('{0} h'),
      days: t('{0} days'),
    },
    picture: t('workflow diagram'),
    workflow: t('Workflow: {0}'),
    lane: t('Lane: {0}, {1}'),
    node: t('{0}: {1} in lane {2}'),
    inside: t('inside {0}'),
    edge: t('From {0} to {1}'),
    labeledEdge: t('From {0} to {1}: {2}'),
    exceptional: t('exceptional'),
    handoff: t('handoff between people and AI'),
    legendHandoff: t('people ↔ AI handoff'),
    legendException: t('exception'),
    legendMessage: t('message'),
    incomplete: t('The text has an error, so this picture may be incomplete. {0}'),
    failed: t('This version could not be drawn. {0}'),
    failedAfter: t('This version could not be drawn. Below is the last one that could. {0}'),
    broken: t('The text cannot be drawn yet. {0}'),
    brokenAfter: t('The text cannot be drawn now; this is the last good picture. {0}'),
    counts: { error: t('errors: {0}'), warning: t('warnings: {0}'), info: t('notes: {0}') },
    steps: t('steps: {0}'),
    severities: { error: t('Errors'), warning: t('Warnings'), info: t('Notes') },
    unknown: t('Unknown'),
    witness: t('The path that proves it'),
    fix: t('Fix…'),
    filter: t('Filter findings'),
    anyStandard: t('Any standard'),
    anyActor: t('Any actor'),
    tally: t('{0} of {1} findings'),
    noFindings: t('No findings.'),
    findingsHere: t('findings: {0}'),
    comparedWith: t('Compared with {0}'),
    noChanges: t('Nothing has changed.'),
    noEarlier: t('No earlier revision to compare with.'),
    noTimes: t('No step says how long it may take.'),
    leads: t('leads to {0}'),
    leadsIf: t('leads to {0}: {1}'),
    hits: t('{0} of {1}'),
    empty: t('There is nothing to show here.'),
    exports: {
      tooLarge: t('The picture is too large for a PNG of this size. Choose a smaller one, or SVG.'),
      noPicture: t('A table is no picture. Export it as Markdown, or print it.'),
      noTable: t('A picture is no table. Export it as SVG or PNG.'),
    },
    changes: {
      'control-lost': t('Control lost:'),
      'control-added': t('Control added:'),
      added: t('Added:'),
      removed: t('Removed:'),
      changed: t('Changed:'),
    },
    performers: {
      human: t('person'),
      team: t('team'),
      agent: t('AI agent'),
      system: t('system'),
      external: t('outside party'),
      vendor: t('vendor'),
      unassigned: t('nobody'),
    },
    kinds: {
      start: t('start'),
      task: t('task'),
      review: t('review'),
      approval: t('approval'),
      decision: t('decision'),
      contest: t('contest'),
      wait: t('wait'),
      disclose: t('disclosure'),
      route: t('branching'),
      scope: t('scope'),
      call: t('sub-workflow'),
      end: t('end'),
    },
    spans: {
      s: [t('{0} second'), t('{0} seconds')],
      m: [t('{0} minute'), t('{0} minutes')],
      h: [t('{0} hour'), t('{0} hours')],
      d: [t('{0} day'), t('{0} days')],
      w: [t('{0} week'), t('{0} weeks')],
      mo: [t('{0} month'), t('{0} months')],
      y: [t('{0} year'), t('{0} years')],
    },
    handoffs: {
      title: t('Who gives what to whom'),
      row: t('{0} hands over to {1}'),
      gives: t('what is given: {0}'),
      at: t('at: {0}'),
      anyOf: t('any of: {0}'),
      contract: {
        ack: t('confirmed within {0}'),
        auto: t('confirmed automatically'),
        noAck: t('no time to confirm in'),
        acceptIf: t('accepted if {0}'),
        owner: t('until then owned by {0}'),
        senderOwns: t('until then owned by the sender'),
        receiverOwns: t('owned by the receiver at once'),
        onReject: t('refused: to {0}'),
        returned: t('refused: back to the sender'),
        context: t('shown with it: {0}'),
        channel: t('sent by {0}'),
        instructions: t('told: {0}'),
        deadline: t('to be done within {0}'),
        noContract: t('no contract'),
        unknownContract: t('the contract is not declared'),
      },
    },
    responsibilities: {
      title: t('Who is responsible, accountable, consulted and informed'),
      step: t('Step'),
      groups: { people: t('People'), ai: t('AI'), systems: t('Systems and vendors') },
      roles: {
        responsible: t('responsible'),
        accountable: t('accountable'),
        supports: t('supports'),
        verifies: t('verifies what AI made'),
        consulted: t('consulted'),
        informed: t('informed'),
      },
      inherited: t('for the whole workflow'),
      modes: {
        'ai-executed': t('AI performs it'),
        'ai-augmented': t('a person performs and decides, helped by AI'),
        collaborative: t('people and AI perform it together'),
      },
      decides: t('{0} decides'),
    },
    data: {
      title: t('Who writes and reads what, and where the output of AI goes'),
      data: t('Data'),
      written: t('Written by'),
      read: t('Read by'),
      ai: t('Output of AI'),
      uses: {
        writes: t('writes'),
        gives: t('gives'),
        reads: t('reads'),
        handed: t('is handed'),
        sent: t('is sent'),
        shown: t('is shown by a tool'),
      },
      noClass: t('no class'),
      classes: {
        public: t('public'),
        internal: t('internal'),
        confidential: t('confidential'),
        personal: t('personal'),
        'special-category': t('special category'),
      },
      facts: {
        labels: t('labels: {0}'),
        media: t('medium: {0}'),
        trusted: t('can be relied on'),
        untrusted: t('cannot be relied on'),
        origin: t('declared origin: {0}'),
        purpose: t('purpose: {0}'),
        keptAtLeast: t('kept at least {0}'),
        keptAtMost: t('kept at most {0}'),
        store: t('lives in {0}'),
        copied: t('copied to {0}'),
        optional: t('may be missing'),
        optionalIf: t('may be missing if {0}'),
        record: t('master record'),
        basis: t('legal basis: {0}'),
      },
      madeIn: t('made by AI in {0}'),
      derivedIn: t('made from output of AI in {0}'),
      reaches: t('reaches'),
      nowhere: t('no step uses it then'),
      reviews: {
        before: t('reviewed before'),
        here: t('reviewed here'),
        none: t('not always reviewed'),
      },
    },
    edit: {
      menu: t('Change: {0}'),
      rename: t('Rename…'),
      append: t('Add a step after…'),
      move: t('Move to lane'),
      connect: t('Connect to…'),
      delete: t('Delete'),
      insert: t('Insert a step…'),
      disconnect: t('Remove'),
      renameTitle: t('New title of {0}'),
      newTitle: t('Title of the new step'),
      picking: t(
        'Choose the step that follows {0}: click it, or go there with the arrow keys and press Enter. Escape ends this.',
      ),
      unchanged: t('Nothing was changed.'),
      toLane: t('Moves to lane {0}'),
      toNode: t('Leads to {0}'),
    },
  };
}

/** A text with its `{0}`, `{1}` filled in. */
export function fill(text: string, ...values: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (match, index) => values[Number(index)] ?? match);
}
