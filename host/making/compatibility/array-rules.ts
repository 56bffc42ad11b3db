// Items: what stands at each place of a list, how many there are, and whether any may come twice.

import { every, miss, type Place, type Rule } from './comparison.ts';
import { placeWithin, type Schema, type SchemaObject } from './schema-document.ts';
import { checkCounts } from './value-rules.ts';

const KEYWORDS: readonly string[] = ['prefixItems', 'items', 'minItems', 'maxItems', 'uniqueItems'];

/** `prefixItems`, `items`, `minItems`, `maxItems`, `uniqueItems` */
export const checkArray: Rule = (question, comparison) => {
  const { narrow, part, at } = question;
  if (!narrow.types.has('array') || !KEYWORDS.some((keyword) => keyword in part)) return true;
  if (narrow.values !== undefined) return miss(at, { path: at.path, what: 'items of listed values', isOpaque: true });
  return every(at, [checkItems, checkSizes, checkUnique], (rule) => rule(question, comparison));
};

const checkItems: Rule = ({ narrow, part, at }, { contains, spend }) => {
  const first = Math.max(...[...narrow.parts, part].map((own) => prefixOf(own).length));
  if (!spend(first * narrow.parts.length)) return false;
  const places = [...Array.from({ length: first }, (_, index) => index), undefined];
  return every(at, places, (index) => {
    const values = narrow.parts.map((own) => itemAt(own, index));
    return contains(values, itemAt(part, index), placeOf(at, index));
  });
};

const checkSizes: Rule = (question, comparison) =>
  checkCounts(question, comparison, { least: 'minItems', most: 'maxItems' });

const checkUnique: Rule = ({ narrow, part, at }, { between }) => {
  if (part['uniqueItems'] !== true || narrow.all('uniqueItems').includes(true)) return true;
  return miss(at, { path: at.path, what: `equal items: ${between('allowed', 'refused')}` });
};

/** The schema at an index; without one, of all items after those that have a schema of their own. */
function itemAt(part: SchemaObject, index: number | undefined): Schema {
  const own = index === undefined ? undefined : prefixOf(part)[index];
  return own ?? ((part['items'] ?? true) as Schema);
}

function prefixOf(part: SchemaObject): readonly Schema[] {
  return (part['prefixItems'] ?? []) as readonly Schema[];
}

function placeOf({ path, found }: Place, index: number | undefined): Place {
  return {
    path: placeWithin(path, index === undefined ? '*' : String(index)),
    ...(found === undefined ? {} : { found }),
  };
}
