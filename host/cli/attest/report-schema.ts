// The form of a sealed report: what may be read of one that a stranger wrote and signed.

import { createSchemaChecker, type JsonSchema } from '#sandbox';
import { REPORT_FORMAT } from './report.ts';
import { CHECKS, WALLS } from './trial.ts';

const text: JsonSchema = { type: 'string' };
const count: JsonSchema = { type: 'integer', minimum: 0 };
const days: JsonSchema = { type: ['integer', 'null'], minimum: 0 };
const texts: JsonSchema = { type: 'array', items: text };

const tally = {
  tried: count,
  ...Object.fromEntries(CHECKS.map((check) => [check, count])),
  walls: object(Object.fromEntries(WALLS.map((wall) => [wall, count])), []),
};

const attack = object({
  group: text,
  name: text,
  aim: text,
  reaches: text,
  checks: object(Object.fromEntries(CHECKS.map((check) => [check, { type: 'boolean' }]))),
  problems: { type: 'array', items: object({ check: { enum: [...CHECKS] }, detail: text }) },
  ms: { type: 'number' },
});

const report = object({
  format: { const: REPORT_FORMAT },
  glovebox: text,
  node: text,
  v8: text,
  platform: text,
  engine: object({ ageDays: days, maxAgeDays: days }),
  profile: text,
  walls: { type: 'array', items: object({ wall: text, held: { type: 'boolean' }, detail: text }) },
  wallLevel: object({ required: { type: ['string', 'null'] }, missing: texts }),
  findings: { type: 'array', items: object({ what: text, verdict: text, detail: text }) },
  at: { type: 'integer', minimum: 0, maximum: 8.64e15 },
  ms: { type: 'number', minimum: 0 },
  known: count,
  passed: { type: 'boolean' },
  failed: texts,
  totals: object(tally),
  groups: { type: 'array', items: object({ group: text, ...tally }) },
  attacks: { type: 'array', items: attack },
});

/** Checks a value that should be a sealed report. */
export const checkSealedReport = createSchemaChecker(
  object({ report, signature: object({ algorithm: { const: 'Ed25519' }, publicKey: text, value: text }) }),
);

/** An object with these properties at least. @param required @default all of them */
function object(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = Object.keys(properties),
): JsonSchema {
  return { type: 'object', properties, required: [...required] };
}
