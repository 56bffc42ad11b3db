// What the callers of a tool notice of its next version: schemas, authority, hints, limits, words.

import type { Manifest } from '#sandbox';
import { canonicalJson } from '#host/base';
import type { Change, ChangeKind } from '#host/registry';
import { compareSchemas } from './compare-schemas.ts';

/** A difference as it is found. */
interface Difference {
  readonly kind: ChangeKind;
  /** The gravest first. */
  readonly changes: readonly Change[];
}

/** From nothing to calls that fail. */
const KINDS: readonly ChangeKind[] = ['none', 'description', 'additive', 'breaking'];

/** Compares the live version's manifest with the next one's. `none` when only code or context differ. */
export function compareManifests(live: Manifest, next: Manifest): Difference {
  const changes = [
    ...compareSchemas('input', live.inputSchema, next.inputSchema),
    ...compareOutputs(live, next),
    ...compareTasks(live, next),
    ...compareGrants(live, next),
    ...compareEntries('annotations', live.annotations ?? {}, next.annotations ?? {}),
    ...compareEntries('limits', live.limits, next.limits),
    ...compareWords(live, next),
  ].toSorted((a, b) => KINDS.indexOf(b.kind) - KINDS.indexOf(a.kind));
  return { kind: changes[0]?.kind ?? 'none', changes };
}

/** Without a schema a tool promises nothing. */
function compareOutputs({ outputSchema: before }: Manifest, { outputSchema: after }: Manifest): readonly Change[] {
  if (before !== undefined && after !== undefined) return compareSchemas('output', before, after);
  if (before === undefined && after === undefined) return [];
  const [kind, what] = after === undefined ? (['breaking', 'removed'] as const) : (['additive', 'new'] as const);
  return [{ role: 'output', path: '', kind, what: `the schema is ${what}` }];
}

/** A client that knows no tasks cannot call a tool that needs one. */
function compareTasks({ task: before }: Manifest, { task: after }: Manifest): readonly Change[] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
  const isBreaking = after?.support === 'required' && before?.support !== 'required';
  const what = `${before?.support ?? 'none'} → ${after?.support ?? 'none'}`;
  return [{ role: 'manifest', path: '/task', kind: isBreaking ? 'breaking' : 'additive', what }];
}

/** More authority breaks no call, but nobody should have to look for it; less is no more than a word about it. */
function compareGrants({ grants: before }: Manifest, { grants: after }: Manifest): readonly Change[] {
  return changedKeys(before, after).map((name): Change => {
    const [held, asked] = [valuesOf(before, name), valuesOf(after, name)];
    const gained = asked.filter((value) => !held.includes(value));
    const lost = held.filter((value) => !asked.includes(value));
    const marks = [...gained.map((value) => `+${value}`), ...lost.map((value) => `-${value}`)];
    return {
      role: 'grants',
      path: `/${name}`,
      kind: gained.length > 0 ? 'additive' : 'description',
      what: short(marks),
    };
  });
}

/** Each of a grant's values; of one that is simply given, itself. */
function valuesOf(grants: object, name: string): readonly string[] {
  const value: unknown = new Map(Object.entries(grants)).get(name);
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(String) : [canonicalJson(value)];
}

function compareEntries(role: 'annotations' | 'limits', before: object, after: object): readonly Change[] {
  const [held, asked] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return changedKeys(before, after).map((name): Change => {
    const what = [held, asked].map((entries) => canonicalJson(entries.get(name) ?? 'none').slice(0, 100)).join(' → ');
    return { role, path: `/${name}`, kind: 'description', what };
  });
}

function compareWords(live: Manifest, next: Manifest): readonly Change[] {
  return (['title', 'description', 'category'] as const)
    .filter((name) => live[name] !== next[name])
    .map((name) => ({ role: 'manifest', path: `/${name}`, kind: 'description', what: 'changed' }));
}

function changedKeys(before: object, after: object): readonly string[] {
  const [held, asked] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...held.keys(), ...asked.keys()])]
    .toSorted()
    .filter((name) => canonicalJson(held.get(name) ?? null) !== canonicalJson(asked.get(name) ?? null));
}

const MAX_SHOWN = 8;

function short(marks: readonly string[]): string {
  const shown = marks.slice(0, MAX_SHOWN).map((mark) => (mark.length > 100 ? `${mark.slice(0, 100)}…` : mark));
  return `${shown.join(', ')}${marks.length > MAX_SHOWN ? ` and ${marks.length - MAX_SHOWN} more` : ''}`;
}
