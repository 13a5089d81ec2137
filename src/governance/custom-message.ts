// The message of a custom rule: text with expressions in braces. `{{` and `}}` are braces that stay.
import type { Expression } from './custom-expressions.ts';
import { type ExpressionProblem, parseExpression } from './custom-expressions.ts';
import type { RuleKindName } from './custom-rule-model.ts';

/** A message that waits for its values. */
export interface MessageTemplate {
  /** On one line, whatever the values hold. */
  render(values: Readonly<Record<string, unknown>>): string;
}

/** Longest text that stands for one expression. */
const longest = 200;

/** Reads a message. The problems stand at offsets of `text`. Never throws. */
export function parseMessage(
  kind: RuleKindName,
  text: string,
): { readonly template: MessageTemplate; readonly problems: readonly ExpressionProblem[] } {
  const parts: (string | Expression)[] = [];
  const problems: ExpressionProblem[] = [];
  const pattern = /\{\{|\}\}|\{((?:[^{}"']|"[^"]*"|'[^']*')*)\}|[{}]/g;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, inside] = match;
    const { index: start } = match;
    parts.push(text.slice(end, start));
    end = start + whole.length;
    if (inside === undefined) {
      if (whole.length === 2) parts.push(whole.charAt(0));
      else
        problems.push({
          range: { start, end },
          message: `'${whole}' stands alone. Write '${whole}${whole}' for the character itself.`,
        });
      continue;
    }
    const parsed = parseExpression(kind, inside);
    if ('problem' in parsed) {
      const { range, message } = parsed.problem;
      problems.push({ range: { start: start + 1 + range.start, end: start + 1 + range.end }, message });
    } else if (!isText(parsed.expression.type)) {
      const message = `This is a value of type ${parsed.expression.type}, and no text. Name a field of it, or join texts: x.map(each, each.id).join(", ").`;
      problems.push({ range: { start: start + 1, end: end - 1 }, message });
    } else parts.push(parsed.expression);
  }
  parts.push(text.slice(end));
  return {
    problems,
    template: {
      render: (values) =>
        parts
          .map((part) => (typeof part === 'string' ? part : textOf(part, values)))
          .join('')
          .replace(/\s+/g, ' ')
          .trim(),
    },
  };
}

function isText(type: string): boolean {
  return ['string', 'double', 'int', 'bool', 'list<string>', 'dyn'].includes(type);
}

function textOf(expression: Expression, values: Readonly<Record<string, unknown>>): string {
  const outcome = expression.evaluate(values);
  if ('unknown' in outcome) return '(not stated)';
  const { value } = outcome;
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
