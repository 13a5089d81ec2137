// Declarations move to a library, one that the file uses or a new one, with all that they name.
import { baseName } from '../../language/project.ts';
import { sectionOf } from '../../language/vocabulary.ts';
import { closureOf, type Library, moveTo, newLibrary, usedLibraries } from './libraries.ts';
import type { Proposal, Spot } from './refactoring.ts';

export function moveDeclarations(spot: Spot): readonly Proposal[] {
  const selected = spot.selected.filter(({ kind, trail }) => kind in sectionOf && trail.length === 2);
  if (selected.length === 0 || selected.length < spot.selected.length) return [];
  const ranges = selected.map(({ entry }) => entry.range);
  const { own, imports, stuck } = closureOf(spot, ranges, { steps: false });
  const entries = spot.declarations.filter((each) => selected.includes(each) || own.includes(each));
  const fresh = spot.creates ? newLibrary(spot) : undefined;
  const libraries = [...usedLibraries(spot), ...(fresh ? [fresh] : [])];
  return libraries.map((library): Proposal => {
    const title = titleOf(selected, entries, library);
    const kind = 'refactor.move';
    if (stuck !== undefined)
      return { title, kind, refused: `It names '${stuck}', which belongs to the flow of this file.` };
    return { title, kind, ...moveTo(library, entries, spot, imports) };
  });
}

function titleOf(selected: Spot['selected'], all: Spot['selected'], { uri, isNew }: Library): string {
  const [first, ...more] = selected.map(({ id }) => `'${id}'`);
  const what =
    more.length === 0 ? first : more.length === 1 ? `${first} and ${more[0]}` : `${selected.length} declarations`;
  const along = all.filter((each) => !selected.includes(each)).map(({ id }) => `'${id}'`);
  const named =
    along.length === 0 ? '' : along.length < 4 ? ` with ${along.join(', ')}` : ` with ${along.length} that it names`;
  return `Move ${what}${named} to ${isNew ? 'the new library ' : ''}${baseName(uri)}`;
}
