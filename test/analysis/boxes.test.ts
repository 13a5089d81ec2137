// Unions of boxes agree with the plain sets of points they stand for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { entriesOf, everything, nothing, type Region, spaceOf } from '../../src/analysis/boxes.ts';

const sizes = [3, 2, 4];
const space = spaceOf(sizes.map((size) => (1n << BigInt(size)) - 1n));

const points = sizes.reduce<readonly (readonly number[])[]>(
  (all, size) => all.flatMap((point) => Array.from({ length: size }, (_, i) => [...point, i])),
  [[]],
);

const holds = (region: Region, point: readonly number[]) =>
  region.some((box) =>
    entriesOf(box).every(([variable, cells]) => (cells & (1n << BigInt(point[variable] ?? 0))) !== 0n),
  );

const shown = (region: Region) => points.filter((point) => holds(region, point)).map((point) => point.join(''));

/** A union of products, some variables free. */
const region: fc.Arbitrary<Region> = fc
  .array(fc.tuple(...sizes.map((size) => fc.option(fc.integer({ min: 1, max: 2 ** size - 1 })))), { maxLength: 4 })
  .map((boxes) =>
    boxes.flatMap((cells) =>
      cells.reduce<Region>(
        (all, set, variable) => (set === null ? all : (space.intersect(all, space.slab(variable, BigInt(set))) ?? [])),
        everything,
      ),
    ),
  );

test('intersection, union and difference are those of the points', () => {
  fc.assert(
    fc.property(region, region, (a, b) => {
      const [both, one, rest] = [space.intersect(a, b), space.unite([...a, ...b]), space.subtract(a, b)];
      assert.deepEqual(
        shown(both ?? []),
        shown(a).filter((point) => shown(b).includes(point)),
      );
      assert.deepEqual(shown(one ?? []), [...new Set([...shown(a), ...shown(b)])].sort());
      assert.deepEqual(
        shown(rest ?? []),
        shown(a).filter((point) => !shown(b).includes(point)),
      );
    }),
    { seed: 41, numRuns: 600 },
  );
});

test('a difference has no boxes exactly where everything is covered', () => {
  fc.assert(
    fc.property(region, region, (a, b) => {
      assert.equal(
        space.subtract(a, b)?.length === 0,
        shown(a).every((point) => shown(b).includes(point)),
      );
    }),
    { seed: 42, numRuns: 600 },
  );
});

test('setting free and the box around all never lose a point, and free exactly what they should', () => {
  fc.assert(
    fc.property(region, fc.integer({ min: 0, max: 2 }), (a, variable) => {
      const free = shown(space.forget(a, new Set([variable])));
      const wanted = points
        .map((point) => point.join(''))
        .filter((point) =>
          shown(a).some((other) => [...other].every((cell, i) => i === variable || cell === point[i])),
        );
      assert.deepEqual(free, wanted);
      for (const point of shown(a)) assert.ok(shown(space.hull(a)).includes(point));
    }),
    { seed: 43, numRuns: 400 },
  );
});

test('what completes each other becomes one free box again', () => {
  const low = space.slab(0, 3n);
  const high = space.slab(0, 4n);
  assert.deepEqual(space.unite([...low, ...high]), everything);
  assert.deepEqual(space.slab(0, 7n), everything);
  assert.deepEqual(space.slab(0, 0n), nothing);
});

test('more boxes than can be computed with are not known, in time', () => {
  const wide = spaceOf(Array.from({ length: 40 }, () => 3n));
  const pairs = Array.from({ length: 20 }, (_, i) => [...wide.slab(2 * i, 1n), ...wide.slab(2 * i + 1, 1n)]);
  const begin = performance.now();
  assert.equal(
    pairs.reduce<Region | undefined>((all, pair) => all && wide.intersect(all, pair), everything),
    undefined,
  );
  assert.ok(performance.now() - begin < 1000);
});
