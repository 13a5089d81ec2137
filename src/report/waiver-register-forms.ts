// The register of waivers as text, Markdown and JSON.
import { printable } from './excerpt.ts';
import { prose } from './markdown.ts';
import { counted } from './text.ts';
import type { RegisteredWaiver } from './waiver-register.ts';

/** Forms of the register; the first one is the default. */
export const registerFormats = ['text', 'json', 'markdown'] as const;
export type RegisterFormat = (typeof registerFormats)[number];

/** Ends with a line break. */
export function renderRegister(format: RegisterFormat, waivers: readonly RegisteredWaiver[]): string {
  switch (format) {
    case 'text':
      return `${[...waivers.map(inText), summary(waivers)].join('\n\n')}\n`;
    case 'json':
      return `${JSON.stringify({ version: 1, waivers }, undefined, 2)}\n`;
    case 'markdown':
      return inMarkdown(waivers);
  }
}

function inText(waiver: RegisteredWaiver): string {
  const { file, line, rule, at, reason, owner, approvedBy, ticket } = waiver;
  const where = waiver.in ? `, in ${waiver.in.join(', ')}` : '';
  const facts = [
    `  ${rule ?? 'no rule'} at ${at ?? 'no place'}${where}`,
    `  reason: ${reason ?? 'none'}`,
    `  owner: ${owner ?? 'none'}, approved by: ${approvedBy ?? 'nobody'}${ticket === null ? '' : `, ticket: ${ticket}`}`,
  ];
  return [`${file}:${line} ${stateInWords(waiver)}`, ...facts].map(printable).join('\n');
}

function inMarkdown(waivers: readonly RegisteredWaiver[]): string {
  const head = ['# Accepted findings', '', prose(summary(waivers))];
  if (waivers.length === 0) return `${head.join('\n')}\n`;
  const columns = ['until', 'state', 'where', 'rule', 'at', 'reason', 'owner', 'approved by', 'ticket'];
  const rows = waivers.map((waiver) => {
    const { expires, file, line, rule, at, reason, owner, approvedBy, ticket } = waiver;
    const cells = [expires, stateInWords(waiver), `${file}:${line}`, rule, at, reason, owner, approvedBy, ticket];
    return `| ${cells.map((cell) => (cell === null ? '–' : prose(cell))).join(' | ')} |`;
  });
  return `${[...head, '', `| ${columns.join(' | ')} |`, `|${columns.map(() => '---').join('|')}|`, ...rows].join('\n')}\n`;
}

function stateInWords({ state, daysLeft, count, because }: RegisteredWaiver): string {
  switch (state) {
    case 'active': {
      const left = daysLeft === null ? '' : daysLeft === 0 ? ', last day' : `, ${counted(daysLeft, 'day')} left`;
      return `accepts ${counted(count, 'finding')}${left}`;
    }
    case 'expired':
      return `ended ${counted(-(daysLeft ?? 0), 'day')} ago`;
    case 'unused':
      return 'not used: there is nothing to accept';
    case 'refused':
      return `accepts nothing: ${because ?? ''}`;
  }
}

function summary(waivers: readonly RegisteredWaiver[]): string {
  const count = (state: RegisteredWaiver['state']) => waivers.filter((waiver) => waiver.state === state).length;
  const states = (['expired', 'refused', 'unused'] as const).flatMap((state) =>
    count(state) > 0 ? [`${count(state)} ${state}`] : [],
  );
  return [counted(waivers.length, 'waiver'), `${count('active')} active`, ...states].join(', ');
}
