// The part of `clearance` about who runs the model of an agent, or holds a store: the region, and the use for training.
import type { Analyses } from '../../analysis/analyses.ts';
import { classesOf, classIn } from '../../analysis/classes.ts';
import type { DataSink } from '../../analysis/data-sinks.ts';
import { regionFault } from '../../analysis/over-cleared.ts';
import type { Actor, Store } from '../../language/model.ts';
import { quoted } from '../../language/wording.ts';
import { standsAt } from '../evidence.ts';
import type { Report } from '../rule.ts';
import { classWitness } from './class-witness.ts';

/** One finding for each agent or store, at its declaration, with the first datum above public that comes there. */
export function checkProviders(sinks: readonly DataSink[], analyses: Analyses, report: Report): void {
  const classes = analyses.derived(classesOf);
  const { distanceTo } = analyses.reachability;
  const nearest = new Map<Actor | Store, DataSink>();
  for (const sink of sinks) {
    const holder = 'actor' in sink.to ? sink.to.actor : sink.to.store;
    const known = nearest.get(holder);
    const isNearer = !known || distanceTo(sink.node) < distanceTo(known.node);
    const secret = isNearer && classIn(classes.bitsOf(sink.node, sink.path, sink.where)) !== 'public';
    if (secret) nearest.set(holder, sink);
  }
  for (const [holder, sink] of nearest) {
    checkRegion(holder, sink, analyses, report);
    if ('actor' in sink.to) checkTraining(sink.to.actor, sink, analyses, report);
  }
}

function checkRegion(holder: Actor | Store, sink: DataSink, analyses: Analyses, report: Report): void {
  const fault = regionFault(sink.to);
  if (!fault) return;
  const { workflow } = analyses.graph;
  const { place, seen, witness } = said(holder, sink, analyses);
  const allowed = quoted(
    (holder.fields.clearance?.regions ?? []).map(({ value }) => value),
    'or',
  );
  const own =
    ('actor' in sink.to ? sink.to.actor.fields.model?.map(({ region }) => region) : [sink.to.store.fields.region]) ??
    [];
  const outside = own.find(
    (region) => region && !holder.fields.clearance?.regions?.some(({ value }) => value === region.value),
  );
  const what = 'actor' in sink.to ? `the model of '${holder.id}' runs` : `'${holder.id}' is`;
  if (fault === 'outside' && outside) {
    report({
      range: standsAt(holder, workflow, outside.range),
      place,
      message: `${seen}, and ${what} in '${outside.value}': it is cleared for ${allowed} only. Move it there, or leave the data out.`,
      witness,
    });
    return;
  }
  report({
    range: standsAt(holder, workflow, holder.fields.$.valueRange('model') ?? holder.range),
    place,
    message: `${seen} and is cleared for the region ${allowed} only; where its model runs is not known. State the 'region' of the model.`,
    witness,
    verdict: 'unknown',
  });
}

/** What a model is trained on can come out of it again, for anyone. */
function checkTraining(actor: Actor, sink: DataSink, analyses: Analyses, report: Report): void {
  const model = actor.fields.model?.find(({ trainsOnInput }) => trainsOnInput?.value === true);
  if (!model?.trainsOnInput) return;
  const { place, seen, witness } = said(actor, sink, analyses);
  const provider = model.provider ? `'${model.provider.value}'` : 'the provider';
  report({
    range: standsAt(actor, analyses.graph.workflow, model.trainsOnInput.range),
    place,
    message: `${seen}, and ${provider} trains on what this model is sent. Choose a model that is not trained on it, or leave the data out.`,
    witness,
  });
}

function said(holder: Actor | Store, sink: DataSink, analyses: Analyses) {
  const classes = analyses.derived(classesOf);
  const bits = classes.bitsOf(sink.node, sink.path, sink.where);
  const seen = `'${holder.id}' ${sink.how} '${sink.path}' (${classIn(bits)})`;
  return {
    seen,
    place: `${'actor' in sink.to ? 'actor' : 'store'}:${holder.id}`,
    witness: classWitness(sink, bits, seen, analyses),
  };
}
