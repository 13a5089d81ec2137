// Fuzz targets of the editor: one for each question to the language service, about a workflow, a configuration or a file of
// shared rules, at a place drawn with it.
import fc from 'fast-check';
import { createLanguageService } from '../../src/service/language-service.ts';
import { askOne, questionNames } from '../service/questions.ts';
import { configurationText, each, packText, type Target, text } from './drawn.ts';

const document = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant('file:///work/any.aiwf.yaml'), text) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('file:///work/aiwf.config.yaml'), configurationText) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('file:///work/own.rules.yaml'), packText) },
);

/** By `editor:` and the name of the question. */
export const editorTargets: Readonly<Record<string, Target>> = Object.fromEntries(
  questionNames.map((name) => [
    `editor:${name}`,
    each(fc.tuple(document, fc.nat()), ([[uri, drawn], place]) => {
      const service = createLanguageService({ read: () => undefined, entries: () => ['a.aiwf.yaml', 'b/'] });
      service.open(uri, 1, drawn);
      // Just behind a space or a colon is where something is asked for most often.
      const places = [...drawn.matchAll(/[ :.{[]/g)].map(({ index }) => index + 1);
      const offset = place % 2 ? place % (drawn.length + 1) : (places[place % Math.max(1, places.length)] ?? 0);
      askOne(name, { service, uri, text: drawn }, offset);
    }),
  ]),
);
