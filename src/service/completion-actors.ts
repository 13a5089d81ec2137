// Which actors a key wants: only those of the right kind are offered where the language asks for one, and those that are
// usual come first where it does not.
import type { ActorKind } from '../language/vocabulary.ts';
import { declarationAround, recordAround } from './slot.ts';
import type { Cursor } from './suggestion.ts';

/** Keys of actors and steps that make sense for these kinds alone. */
const wanted: Readonly<Record<string, readonly ActorKind[]>> = {
  sponsor: ['human'],
  lead: ['human'],
  team: ['team'],
  backup: ['human', 'team'],
  accountable: ['human', 'team'],
  'delegates-to': ['agent'],
};

const answeredByPeople = ['owner', 'approved-by', 'responder', 'decides'];

/** An actor whose kind is not known yet may be any; nobody is their own sponsor or backup. */
export function fitsActor(id: string, { typing, workflow }: Cursor): boolean {
  if (declarationAround(typing.slot, 'actor') === id) return false;
  const kind = workflow.actors.get(id)?.kind;
  const around = recordAround(typing.slot);
  const kinds = around?.name === 'delegate' && around.key === 'to' ? wanted['delegates-to'] : wanted[around?.key ?? ''];
  return kind === undefined || kinds === undefined || kinds.includes(kind);
}

/** 3 for whom one expects, more for the others. */
export function actorRank(id: string, { typing, workflow }: Cursor): number {
  const step = workflow.steps.get(declarationAround(typing.slot, 'step') ?? '');
  const around = recordAround(typing.slot);
  const key = around?.key ?? '';
  const byPeople = key === 'by' && (step?.kind === 'approval' || step?.kind === 'contest' || !step);
  const people = byPeople || answeredByPeople.includes(key) || wanted[key]?.[0] === 'human';
  const kind = workflow.actors.get(id)?.kind;
  return people && kind !== 'human' ? (kind === 'team' ? 4 : 5) : 3;
}
