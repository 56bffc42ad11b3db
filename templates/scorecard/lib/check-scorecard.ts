// What a schema cannot say about a scorecard: names that are unique, ends in order, gates that fit their scale.

import { Decimal } from 'glovebox';
import { WEIGHT_DIGITS } from './digits.ts';
import { Refusal } from './refusal.ts';
import type { Criterion, Gate, Scale, Scorecard } from './types.ts';

/**
 * Checks a scorecard.
 *
 * @throws Refusal naming the entry at fault
 */
export function checkScorecard(card: Scorecard): Scorecard {
  const { bands, criteria, maximum } = card;
  checkUnique(
    'criterion',
    criteria.map(({ id }) => id),
  );
  checkUnique(
    'band',
    bands.map(({ label }) => label),
  );
  checkUnique(
    'start of a band',
    bands.map(({ from }) => String(from)),
  );
  for (const criterion of criteria) {
    checkWeight(criterion);
    checkScale(criterion);
    checkGate(criterion);
  }
  if (criteria.every(({ weight }) => weight === 0)) throw new Refusal('all weights are 0; give one a weight');
  const high = bands.find(({ from }) => from > maximum);
  if (high !== undefined) {
    throw new Refusal(`band "${high.label}" starts at ${high.from}, above the maximum of ${maximum}`);
  }
  return card;
}

function checkUnique(kind: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Refusal(`${kind} "${twice}" is there twice; give each once`);
}

function checkWeight({ id, weight }: Criterion): void {
  if (new Decimal(weight).round(WEIGHT_DIGITS).eq(weight)) return;
  throw new Refusal(`the weight ${weight} of "${id}" has more than ${WEIGHT_DIGITS} decimals`);
}

function checkScale({ id, scale }: Criterion): void {
  const problem = findProblem(scale);
  if (problem !== undefined) throw new Refusal(`the scale of "${id}" ${problem}`);
}

function findProblem(scale: Scale): string | undefined {
  switch (scale.type) {
    case 'range':
      return scale.min < scale.max ? undefined : `goes from ${scale.min} to ${scale.max}; min must be below max`;
    case 'target': {
      const { tolerance = 0, limit } = scale;
      return tolerance < limit
        ? undefined
        : `has a tolerance of ${tolerance}, which must be below its limit of ${limit}`;
    }
    case 'points': {
      const falling = scale.points.find(({ at }, index) => at <= (scale.points[index - 1]?.at ?? -Infinity));
      return falling === undefined ? undefined : `has points that do not climb: see the one at ${falling.at}`;
    }
    case 'levels':
      return findLevelProblem(scale);
    case 'boolean':
      return undefined;
  }
}

function findLevelProblem({ levels, values }: Extract<Scale, { type: 'levels' }>): string | undefined {
  const twice = levels.find((level, index) => levels.indexOf(level) !== index);
  if (twice !== undefined) return `has the level "${twice}" twice`;
  if (values === undefined) return undefined;
  if (values.length !== levels.length) return `has ${levels.length} levels but ${values.length} values`;
  const falling = levels.find((_, index) => (values[index] ?? 0) < (values[index - 1] ?? 0));
  return falling === undefined ? undefined : `lists "${falling}" after a better level; list them from worst to best`;
}

function checkGate({ id, scale, gate }: Criterion): void {
  if (gate === undefined) return;
  const { atLeast, atMost, is } = gate;
  const bounds = [atLeast, atMost].filter((bound) => bound !== undefined);
  if ((is !== undefined) !== (scale.type === 'boolean') || (is !== undefined && bounds.length > 0)) {
    throw new Refusal(`the gate of "${id}" must be ${gateFor(scale)}`);
  }
  const stranger = bounds.find((bound) => !isOnScale(scale, bound));
  if (stranger !== undefined) {
    throw new Refusal(`the gate of "${id}" names ${JSON.stringify(stranger)}; it must be ${gateFor(scale)}`);
  }
  if (isEmpty(scale, gate)) throw new Refusal(`the gate of "${id}" lets nothing pass: its ends are in the wrong order`);
}

function gateFor({ type }: Scale): string {
  if (type === 'boolean') return '{"is": true} or {"is": false}';
  return type === 'levels' ? 'atLeast or atMost with one of its levels' : 'atLeast or atMost with a number';
}

function isOnScale(scale: Scale, bound: number | string): boolean {
  if (scale.type !== 'levels') return typeof bound === 'number';
  return scale.levels.some((level) => level === bound);
}

function isEmpty(scale: Scale, { atLeast, atMost }: Gate): boolean {
  if (atLeast === undefined || atMost === undefined) return false;
  if (scale.type !== 'levels') return atLeast > atMost;
  return scale.levels.indexOf(String(atLeast)) > scale.levels.indexOf(String(atMost));
}
