// Keywords that are not looked into: what they ask is kept where the narrow schema asks the very same.

import { every, miss, type Place, type Rule } from './comparison.ts';
import type { ValueType } from './conjunction.ts';
import type { Schema } from './schema-document.ts';

/** A keyword, what belongs to it, and the types it speaks about. */
interface Opaque {
  readonly keyword: string;
  readonly companions?: readonly string[];
  readonly types?: readonly ValueType[];
}

const OPAQUE: readonly Opaque[] = [
  { keyword: 'pattern', types: ['string'] },
  { keyword: 'format', types: ['string', 'integer', 'fraction'] },
  { keyword: 'contains', companions: ['minContains', 'maxContains'], types: ['array'] },
  { keyword: 'propertyNames', types: ['object'] },
  { keyword: 'dependentRequired', types: ['object'] },
  { keyword: 'dependentSchemas', types: ['object'] },
  { keyword: 'dependencies', types: ['object'] },
  { keyword: 'oneOf' },
  { keyword: 'not' },
  { keyword: 'if', companions: ['then', 'else'] },
  { keyword: 'x-mcp-header' },
];

/** `pattern`, `format`, `oneOf`, `not`, `if` and their like */
export const checkOpaque: Rule = ({ narrow, part, at }, { isSame }) =>
  every(at, OPAQUE, ({ keyword, companions = [], types }) => {
    if (!(keyword in part) || types?.every((type) => !narrow.types.has(type)) === true) return true;
    const asks = [keyword, ...companions];
    if (narrow.parts.some((own) => asks.every((ask) => isSame(own[ask], part[ask])))) return true;
    return miss(at, { path: at.path, what: `${keyword} changed`, isOpaque: true });
  });

/** `unevaluatedProperties`, `unevaluatedItems`: what they ask depends on everything around them. */
export const checkUnevaluated: Rule = ({ part, at }) => {
  const keyword = ['unevaluatedProperties', 'unevaluatedItems'].find((name) => (part[name] ?? true) !== true);
  return (
    keyword === undefined ||
    miss(at, { path: at.path, what: `${keyword} or what is beside it changed`, isOpaque: true })
  );
};

/** `anyOf`: one of its alternatives holds everything. */
export const checkAnyOf: Rule = ({ narrow, part, at }, { contains, isSame }) => {
  const alternatives = part['anyOf'] as readonly Schema[] | undefined;
  if (alternatives === undefined || narrow.parts.some((own) => isSame(own['anyOf'], alternatives))) return true;
  const silent: Place = { path: at.path, ...(at.isSplit === undefined ? {} : { isSplit: at.isSplit }) };
  if (alternatives.some((alternative) => contains(narrow.parts, alternative, silent))) return true;
  return miss(at, { path: at.path, what: 'anyOf changed', isOpaque: true });
};
