// From a raw value to 0 (worst) to 1 (best), and how that came about.

import { Decimal } from 'glovebox';
import { NORMALISED_DIGITS, toUnits } from './digits.ts';
import { Refusal } from './refusal.ts';
import type { Point, Scale, Value } from './types.ts';

/** What a raw value is worth. */
export interface Normalised {
  /** In units of 10^-6. */
  readonly units: bigint;
  /** How it came about, for readers. */
  readonly how: string;
}

type ScaleOf<Type extends Scale['type']> = Extract<Scale, { type: Type }>;

/**
 * Normalises a value, rounded to six decimals.
 *
 * @throws Refusal when the value is none of the scale's
 */
export function normalise(scale: Scale, value: Value): Normalised {
  const { worth, how } = weigh(scale, value);
  return { units: toUnits(worth, NORMALISED_DIGITS), how };
}

interface Weighed {
  readonly worth: Decimal;
  readonly how: string;
}

function weigh(scale: Scale, value: Value): Weighed {
  switch (scale.type) {
    case 'range':
      return weighRange(scale, asNumber(value));
    case 'target':
      return weighTarget(scale, asNumber(value));
    case 'points':
      return weighPoints(scale, asNumber(value));
    case 'levels':
      return weighLevel(scale, value);
    case 'boolean':
      return weighBoolean(scale, value);
  }
}

/** (value − min) / (max − min), from the other end when less is better. */
function weighRange({ min, max, better = 'high', outside = 'clamp', unit }: ScaleOf<'range'>, value: number): Weighed {
  const within = `${min} to ${withUnit(max, unit)}, ${better === 'high' ? 'more' : 'less'} is better`;
  const counted = Math.min(Math.max(value, min), max);
  if (counted !== value && outside === 'refuse') throw new Refusal(`${value} is outside ${within}`);
  const distance = better === 'high' ? new Decimal(counted).minus(min) : new Decimal(max).minus(counted);
  const worth = distance.div(new Decimal(max).minus(min));
  return { worth, how: counted === value ? within : `${within}; ${value} counts as ${counted}` };
}

/** 1 within the tolerance, then (limit − distance) / (limit − tolerance), 0 from the limit on. */
function weighTarget({ target, tolerance = 0, limit, unit }: ScaleOf<'target'>, value: number): Weighed {
  const distance = new Decimal(value).minus(target).abs();
  const how = `${distance.toFixed()} from the target ${withUnit(target, unit)}, full within ${tolerance}, nothing from ${limit}`;
  if (distance.lte(tolerance)) return { worth: new Decimal(1), how };
  if (distance.gte(limit)) return { worth: new Decimal(0), how };
  return { worth: new Decimal(limit).minus(distance).div(new Decimal(limit).minus(tolerance)), how };
}

/** Straight lines between the points, level beyond their ends. */
function weighPoints({ points, unit }: ScaleOf<'points'>, value: number): Weighed {
  const above = points.findIndex(({ at }) => value <= at);
  const high = points.at(above) as Point; // Beyond the last point: index -1 is that point.
  const low = above > 0 ? points[above - 1] : undefined;
  if (low === undefined || high.at === value) {
    const how =
      value === high.at ? `the point ${withUnit(high.at, unit)}` : `beyond the point ${withUnit(high.at, unit)}`;
    return { worth: new Decimal(high.value), how };
  }
  const along = new Decimal(value).minus(low.at).div(new Decimal(high.at).minus(low.at));
  return {
    worth: along.times(new Decimal(high.value).minus(low.value)).plus(low.value),
    how: `between ${low.at} (worth ${low.value}) and ${withUnit(high.at, unit)} (worth ${high.value})`,
  };
}

/** The level's own value, or evenly spaced: (place − 1) / (levels − 1). */
function weighLevel({ levels, values }: ScaleOf<'levels'>, value: Value): Weighed {
  const index = levels.findIndex((level) => level === value);
  if (index < 0) throw new Refusal(`${JSON.stringify(value)} is none of its levels`);
  const worth = values === undefined ? new Decimal(index).div(levels.length - 1) : new Decimal(values[index] ?? 0);
  return { worth, how: `level ${index + 1} of ${levels.length}` };
}

function weighBoolean({ good = true }: ScaleOf<'boolean'>, value: Value): Weighed {
  if (typeof value !== 'boolean') throw new Refusal(`${JSON.stringify(value)} is neither true nor false`);
  return { worth: new Decimal(value === good ? 1 : 0), how: `${good ? 'yes' : 'no'} is best` };
}

function asNumber(value: Value): number {
  if (typeof value !== 'number') throw new Refusal(`${JSON.stringify(value)} is no number`);
  return value;
}

function withUnit(value: number, unit: string | undefined): string {
  return unit === undefined ? String(value) : `${value} ${unit}`;
}
