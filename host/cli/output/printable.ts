// What may reach a terminal. Logs, messages and descriptions are strangers' texts: a terminal would obey the control
// sequences in them, and rewrite what stands above, or show text backwards.
//
// SECURITY: every answer of a command passes through here; test/unit/host/cli/output/printable.test.ts holds it.

/** Controls, and characters that change the direction of a text; a colour sequence counts as one. */
const UNPRINTABLE = /\p{Cc}\[\d{1,2}m|[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
/** What `Style` writes after its escape character: bold, dim, the plain colours, and the end of each. */
const STYLE = /^\[(?:[12]|22|3[1-79])m$/;
const ESCAPE = '\u001b';

/** A text with its control characters written out as `\uXXXX`, which JSON reads as the same; line breaks and tabs stay. */
export function printable(text: string, { colours }: { readonly colours: boolean }): string {
  return text.replace(UNPRINTABLE, (found) => {
    if (found === '\n' || found === '\t' || (colours && found.startsWith(ESCAPE) && STYLE.test(found.slice(1))))
      return found;
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}${found.slice(1)}`;
  });
}
