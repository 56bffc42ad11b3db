// What the next version of a tool asks and answers otherwise than the live one, in one line for whoever reads the report.

import type { JsonSchema, Manifest } from '#sandbox';
import { canonicalJson } from '#host/base';

const MAX_NAMED = 12;

/** `input: +currency -rate ~amount, now required: years`; undefined when callers notice nothing. */
export function describeChange(live: Manifest, next: Manifest): string | undefined {
  const parts = [
    schemaChange('input', live.inputSchema, next.inputSchema),
    schemaChange('output', live.outputSchema ?? {}, next.outputSchema ?? {}),
  ];
  const changed = parts.filter((part) => part !== undefined);
  return changed.length === 0 ? undefined : changed.join('; ');
}

function schemaChange(role: string, before: JsonSchema, after: JsonSchema): string | undefined {
  if (canonicalJson(before) === canonicalJson(after)) return undefined;
  const [old, fresh] = [propertiesOf(before), propertiesOf(after)];
  const added = [...fresh.keys()].filter((name) => !old.has(name));
  const removed = [...old.keys()].filter((name) => !fresh.has(name));
  const altered = [...fresh.keys()].filter((name) => old.has(name) && old.get(name) !== fresh.get(name));
  const marks = [
    ...added.map((name) => `+${name}`),
    ...removed.map((name) => `-${name}`),
    ...altered.map((name) => `~${name}`),
  ];
  const required = requiredOf(after).filter((name) => !requiredOf(before).includes(name));
  const parts = [
    ...(marks.length === 0 ? [] : [short(marks, ' ')]),
    ...(required.length === 0 ? [] : [`now required: ${short(required, ' ')}`]),
  ];
  return `${role}: ${parts.length === 0 ? 'changed' : parts.join(', ')}`;
}

/** Property → its schema as text. */
function propertiesOf({ properties }: JsonSchema): ReadonlyMap<string, string> {
  if (typeof properties !== 'object' || properties === null) return new Map();
  return new Map(Object.entries(properties).map(([name, schema]) => [name, canonicalJson(schema)]));
}

function requiredOf({ required }: JsonSchema): readonly unknown[] {
  return Array.isArray(required) ? required : [];
}

function short(names: readonly unknown[], separator: string): string {
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return (
    names
      .slice(0, MAX_NAMED)
      .map((name) => String(name).slice(0, 60))
      .join(separator) + more
  );
}
