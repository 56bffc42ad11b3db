// Properties: which names there are, which must be there, what their values are, and what other names may bring.

import { every, miss, note, type Comparison, type Place, type Question, type Rule } from './comparison.ts';
import type { Conjunction } from './conjunction.ts';
import { placeWithin, type Schema, type SchemaObject } from './schema-document.ts';
import { checkCounts } from './value-rules.ts';

const KEYWORDS: readonly string[] = [
  'properties',
  'required',
  'patternProperties',
  'additionalProperties',
  'minProperties',
  'maxProperties',
];

/** `properties`, `required`, `patternProperties`, `additionalProperties`, `minProperties`, `maxProperties` */
export const checkObject: Rule = (question, comparison) => {
  const { narrow, part, at } = question;
  if (!narrow.types.has('object') || !KEYWORDS.some((keyword) => keyword in part)) return true;
  if (narrow.values !== undefined)
    return miss(at, { path: at.path, what: 'properties of listed values', isOpaque: true });
  return every(at, [checkNames, checkPatterns, checkOthers, checkSizes], (rule) => rule(question, comparison));
};

const checkNames: Rule = (question, comparison) => {
  const { narrow, part, at } = question;
  const names = new Set([...narrow.parts, part].flatMap(namesIn));
  // Every name is looked up in every part.
  if (!comparison.spend(names.size * narrow.parts.length)) return false;
  return every(at, names, (name) => checkName(name, question, comparison));
};

function checkName(name: string, { narrow, wide, part, at: outer }: Question, comparison: Comparison): boolean {
  const at: Place = {
    path: placeWithin(outer.path, name),
    ...(outer.found === undefined ? {} : { found: outer.found }),
  };
  const presence = presenceChange(...comparison.inTime(presenceIn(narrow, name), presenceIn(wide, name)));
  const asked = entryOf(part, 'properties', name);
  const others = (part['additionalProperties'] ?? true) as Schema;
  const values = valuesUnder(narrow, name);
  if (presence !== undefined) note(at, { path: at.path, what: presence });
  if (requires(part, name) && !narrow.parts.some((own) => requires(own, name))) {
    return miss(at, { path: at.path, what: presence ?? 'now required' });
  }
  if (asked === undefined) {
    if (others !== false || values.includes(false)) return comparison.contains(values, others, at);
    return miss(at, { path: at.path, what: presence ?? 'now refused' });
  }
  if (asked === true || !isOpen(narrow, name)) return comparison.contains(values, asked, at);
  if (comparison.isNewNameFree && !comparison.mentions(narrow, name)) return true;
  return miss(at, { path: at.path, what: presence ?? 'now described' });
}

const checkPatterns: Rule = ({ narrow, part, at }, { between, contains }) =>
  every(at, Object.entries(mapOf(part, 'patternProperties')), ([pattern, asked]) => {
    const values = narrow.parts
      .map((own) => entryOf(own, 'patternProperties', pattern))
      .filter((own) => own !== undefined);
    const within = anyOther(at);
    if (values.length > 0) return contains(values, asked, within);
    return miss(at, { path: within.path, what: `properties matching ${pattern}: ${between('unchecked', 'checked')}` });
  });

const checkOthers: Rule = ({ narrow, part, at }, { contains }) => {
  const others = (part['additionalProperties'] ?? true) as Schema;
  if (others === true) return true;
  const unnamed = narrow.parts.map((own) => (own['additionalProperties'] ?? true) as Schema);
  const matched = narrow.parts
    .flatMap((own) => Object.entries(mapOf(own, 'patternProperties')))
    .filter(([pattern]) => entryOf(part, 'patternProperties', pattern) === undefined)
    .map(([, schema]) => [schema]);
  return every(at, [unnamed, ...matched], (values) => contains(values, others, anyOther(at)));
};

const checkSizes: Rule = (question, comparison) =>
  checkCounts(question, comparison, { least: 'minProperties', most: 'maxProperties' });

type Presence = 'absent' | 'optional' | 'required';

function presenceIn({ parts }: Conjunction, name: string): Presence {
  if (parts.some((part) => requires(part, name))) return 'required';
  const schemas = parts.map((part) => entryOf(part, 'properties', name));
  return schemas.some((schema) => schema !== undefined && schema !== false) ? 'optional' : 'absent';
}

function presenceChange(older: Presence, newer: Presence): string | undefined {
  if (older === newer) return undefined;
  if (newer === 'absent') return 'removed';
  if (older === 'absent') return `new, ${newer}`;
  return newer === 'required' ? 'now required' : 'no longer required';
}

/** Whether nothing holds for the values under a name. */
function isOpen(narrow: Conjunction, name: string): boolean {
  return valuesUnder(narrow, name).every((schema) => schema === true);
}

/** What holds for the values under a name. Whether a pattern matches it is not asked: strangers' patterns are not run. */
function valuesUnder({ parts }: Conjunction, name: string): readonly Schema[] {
  return parts.map((part) => {
    const own = entryOf(part, 'properties', name);
    if (own !== undefined) return own;
    return part['patternProperties'] === undefined ? ((part['additionalProperties'] ?? true) as Schema) : true;
  });
}

function namesIn(part: SchemaObject): readonly string[] {
  return [...Object.keys(mapOf(part, 'properties')), ...((part['required'] ?? []) as readonly string[])];
}

function requires(part: SchemaObject, name: string): boolean {
  return ((part['required'] ?? []) as readonly string[]).includes(name);
}

function entryOf(part: SchemaObject, keyword: string, name: string): Schema | undefined {
  const map = mapOf(part, keyword);
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

function mapOf(part: SchemaObject, keyword: string): Readonly<Record<string, Schema>> {
  return (part[keyword] ?? {}) as Readonly<Record<string, Schema>>;
}

function anyOther({ path, found }: Place): Place {
  return { path: `${path}/*`, ...(found === undefined ? {} : { found }) };
}
