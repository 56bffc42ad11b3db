// Characters that do not show, or change how their neighbours show. Strangers' texts pass through terminals, logs and
// reports; there, such a character is written out.

/**
 * One such character: controls, unpaired surrogates, marks of direction, blanks of no width or that only look blank, tags,
 * selectors of rare variants. Not the two joiners and the common selectors, which emoji and many scripts need.
 */
export const INVISIBLE =
  /[[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\ufff9-\ufffb]--[\p{Join_Control}\p{Variation_Selector}]]|[\u{e0100}-\u{e01ef}]/v;

/** A text with every such character written out as `\u{…}`, in hexadecimal. */
export function showInvisible(text: string): string {
  return text.replace(ALL, (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);
}

const ALL = new RegExp(INVISIBLE.source, 'gv');
