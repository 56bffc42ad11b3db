// Helpers that make strings.

import type { Json } from '../../../manifest.ts';
import { isScalar, listAt, spellingAt, takes, textAt, type Call, type Helper } from './call.ts';

const MAX_TOOL_NAME = 64;

export const TEXT_HELPERS: Readonly<Record<string, Helper>> = {
  text: { takes: takes(1, Infinity), run: (call) => joined(call, spellings(call), '') },
  upper: { takes: takes(1), run: (call) => textAt(call, 0).toUpperCase() },
  lower: { takes: takes(1), run: (call) => textAt(call, 0).toLowerCase() },
  trim: { takes: takes(1), run: (call) => textAt(call, 0).trim() },
  title: { takes: takes(1), run: (call) => textAt(call, 0).replace(/(?<!\S)\S/gu, (first) => first.toUpperCase()) },
  join: {
    takes: takes(2),
    run: (call) =>
      joined(
        call,
        listAt(call, 0).map((item) => listed(call, item)),
        textAt(call, 1),
      ),
  },
  slug: { takes: takes(1), run: (call) => words(call, spellingAt(call, 0)).join('-') },
  tool_name: { takes: takes(1, Infinity), run: toolName },
};

function spellings(call: Call): string[] {
  return call.args.map((_, index) => spellingAt(call, index));
}

function listed(call: Call, item: Json): string {
  return isScalar(item) ? String(item) : call.fail('the list must hold strings, numbers or booleans only');
}

function joined(call: Call, parts: readonly string[], separator: string): string {
  const length = parts.reduce((sum, part) => sum + part.length + separator.length, 0);
  return length > call.maxLength ? call.tooLong() : parts.join(separator);
}

function toolName(call: Call): string {
  const name = words(call, joined(call, spellings(call), ' ')).join('_');
  const named = /^[a-z]/.test(name) ? name : `tool_${name}`;
  return named.slice(0, MAX_TOOL_NAME).replace(/_+$/, '');
}

/** The runs of ASCII letters and digits of a text, in lower case and without accents. */
function words(call: Call, text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.match(/[a-z0-9]+/g) ?? call.fail('nothing is left: the text has no letters a–z and no digits');
}
