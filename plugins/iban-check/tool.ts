// Checks an IBAN the way a payment form should: what is wrong, not only that something is.

import { defineTool } from 'glovebox';
import { IBAN_LENGTHS } from './lib/iban-lengths.ts';
import { mod97 } from './lib/mod97.ts';

export default defineTool({
  run(input: { readonly iban: string }) {
    const normalised = input.iban.replaceAll(/\s/g, '').toUpperCase();
    const code = normalised.slice(0, 2);
    const country = Object.hasOwn(IBAN_LENGTHS, code) ? { country: code } : {};
    const problem = findProblem(normalised, code);
    const formatted = problem === null ? { formatted: normalised.replaceAll(/(.{4})(?=.)/g, '$1 ') } : {};
    return { valid: problem === null, normalised, ...country, ...formatted, problem };
  },
});

/** The first thing that is wrong, or null. */
function findProblem(iban: string, code: string): string | null {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]*$/.test(iban)) return 'an IBAN is two letters, two digits, then letters and digits';
  const length = Object.hasOwn(IBAN_LENGTHS, code) ? IBAN_LENGTHS[code] : undefined;
  if (length === undefined) return `${code} has no IBAN`;
  if (iban.length !== length) return `an IBAN of ${code} has ${length} characters, this one ${iban.length}`;
  // ISO 13616: the first four characters move to the end, then the whole leaves 1.
  if (mod97(iban.slice(4) + iban.slice(0, 4)) === 1) return null;
  return 'the check digits do not fit: a character is wrong or two are swapped';
}
