// Backups and fallbacks apply in turn; one that leads back to where it began is an error.
import type { Actor, Workflow } from './model.ts';
import type { Problem } from './problem.ts';

/** A problem for each circle that an actor of this file belongs to, at the first such actor in the file. */
export function takeOverCircles({ actors, file }: Workflow): readonly Problem[] {
  const said = new Set<Actor>();
  return [...actors.values()].flatMap((actor) => {
    if (actor.uri !== file.uri || said.has(actor)) return [];
    const circle = circleFrom(actor, actors);
    const first = actor.fields.backup ?? actor.fields.fallback;
    if (!circle || !first) return [];
    for (const member of circle) said.add(member);
    const names = [...circle, actor].map(({ id }) => id).join(' -> ');
    const message = `Those who take over lead back to where they began: ${names}. Let the last one be taken over by nobody in the circle.`;
    return [{ code: 'language/invalid-value', severity: 'error', message, range: first.range }];
  });
}

/** A shortest way from the actor over those who take over and back to it. */
function circleFrom(actor: Actor, actors: ReadonlyMap<string, Actor>): readonly Actor[] | undefined {
  const paths: (readonly Actor[])[] = [[actor]];
  const seen = new Set<Actor>();
  for (const path of paths) {
    const { backup, fallback } = (path.at(-1) ?? actor).fields;
    for (const taker of [backup, fallback]) {
      const next = taker && actors.get(taker.name);
      if (next === actor) return path;
      if (!next || seen.has(next)) continue;
      seen.add(next);
      paths.push([...path, next]);
    }
  }
  return undefined;
}
