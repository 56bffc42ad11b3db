// What one schema of a tool asks or promises otherwise than it did.
//
// An input schema may come to accept more, an output schema to promise more: what no longer accepts, or no longer
// promises, everything it did is breaking. Callers are taken to send only properties the schema mentioned, so a new
// optional property is additive. docs/compatibility.md tells the rules to people.

import type { JsonSchema } from '#sandbox';
import { canonicalJson } from '#host/base';
import type { Change } from '#host/registry';
import type { Finding } from './comparison.ts';
import { findMisses } from './containment.ts';
import { SchemaDocument, type Notes } from './schema-document.ts';

/** Which of a tool's schemas. */
export type SchemaRole = 'input' | 'output';

/** The differences, unsorted; none when both are the same text. */
export function compareSchemas(role: SchemaRole, before: JsonSchema, after: JsonSchema): readonly Change[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  const [older, newer] = [new SchemaDocument(before), new SchemaDocument(after)];
  return [...compareMeaning(role, older, newer), ...compareNotes(role, older, newer)];
}

function compareMeaning(role: SchemaRole, older: SchemaDocument, newer: SchemaDocument): readonly Change[] {
  const change = (kind: Change['kind'], { path, what, isOpaque }: Finding): Change => {
    const doubt = kind === 'breaking' && isOpaque === true ? '; it cannot be shown to be compatible' : '';
    return { role, path, kind, what: `${what}${doubt}` };
  };
  if (canonicalJson(older.root) === canonicalJson(newer.root)) return [];
  if (!older.isFollowable || !newer.isFollowable) {
    return [change('breaking', { path: '', what: 'uses $id or $dynamicRef and changed', isOpaque: true })];
  }
  const isInput = role === 'input';
  const kept = isInput
    ? findMisses({ narrow: older, wide: newer, older: 'narrow', isNewNameFree: true })
    : findMisses({ narrow: newer, wide: older, older: 'wide', isNewNameFree: false });
  if (kept.isTooMuch) return [change('breaking', { path: '', what: 'too involved to be compared', isOpaque: true })];
  const gained = isInput
    ? findMisses({ narrow: newer, wide: older, older: 'wide', isNewNameFree: false })
    : findMisses({ narrow: older, wide: newer, older: 'narrow', isNewNameFree: false });

  const breaking = unique(kept.misses);
  const additive = unique([...kept.notes, ...gained.misses]).filter(
    (found) => !breaking.some((each) => isEqual(each, found)),
  );
  if (gained.isTooMuch) additive.push({ path: '', what: 'changed in more ways' });
  const changes = [
    ...breaking.map((found) => change('breaking', found)),
    ...additive.map((found) => change('additive', found)),
  ];
  return changes.length > 0 ? changes : [change('description', { path: '', what: 'written otherwise, same meaning' })];
}

function compareNotes(role: SchemaRole, older: SchemaDocument, newer: SchemaDocument): readonly Change[] {
  return [...newer.notes].flatMap(([path, notes]): readonly Change[] => {
    const names = changedNotes(older.notes.get(path) ?? notes, notes);
    return names.length === 0 ? [] : [{ role, path, kind: 'description', what: `${names.join(', ')} changed` }];
  });
}

function changedNotes(before: Notes, after: Notes): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
}

function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((found) => [`${found.path} ${found.what}`, found])).values()];
}

function isEqual(a: Finding, b: Finding): boolean {
  return a.path === b.path && a.what === b.what;
}
