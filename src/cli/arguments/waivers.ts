// The words of `aiwf waivers`.
import { type RegisterFormat, registerFormats } from '../../report/waiver-register-forms.ts';
import { oneOf, type Values, type Wrong, wrongValue } from './values.ts';

/** What `aiwf waivers` was asked. */
export interface WaiversCommand {
  readonly name: 'waivers';
  readonly paths: readonly string[];
  readonly format: RegisterFormat;
}

export const waiversOptions = { format: { type: 'string' } } as const;

export function readWaivers(words: readonly string[], values: Values): WaiversCommand | Wrong {
  const name = 'waivers';
  const format = oneOf(values.format, registerFormats);
  return format
    ? { name, paths: words.length > 0 ? words : ['.'], format }
    : wrongValue(name, 'format', values.format, registerFormats);
}
