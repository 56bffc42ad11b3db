// What reading a tool can make one suspicious of, before it is published. A hint for people, and never a wall: a tool
// nobody suspects is jailed like any other.
//
// INVARIANT: the kinds are promises to whoever filters for them; docs/inspection.md has a section for each.

/** How much a finding means: a `warning` has hardly an innocent reason, a `note` often has. */
export type FindingSeverity = 'note' | 'warning';

/** Every kind of finding, and how much it means. */
export const FINDING_KINDS = {
  // Any text: source, manifest, what a template left of its context.
  'bidi-control': 'warning',
  'control-character': 'warning',
  'invisible-character': 'warning',
  'mixed-script-word': 'warning',
  'private-use-character': 'note',
  'tag-character': 'warning',
  'unread-text': 'warning',
  'variation-selectors': 'warning',
  // Source: it hides what it does.
  'character-codes': 'warning',
  'computed-chain': 'warning',
  'decoded-literal': 'warning',
  'encoded-literal': 'note',
  'escaped-identifier': 'warning',
  'escaped-literal': 'warning',
  'long-line': 'note',
  'machine-names': 'warning',
  'string-table': 'warning',
  // Source: it reaches for what the jail does not hand out.
  'code-from-text': 'warning',
  'engine-internals': 'warning',
  // What a manifest tells a model.
  'annotation-contradicted': 'warning',
  'conversation-markup': 'warning',
  'data-sent-elsewhere': 'warning',
  'encoded-text': 'warning',
  'hidden-from-user': 'warning',
  'hidden-markup': 'warning',
  'instruction-to-model': 'warning',
  link: 'note',
  'other-tool-named': 'warning',
  'overlong-text': 'note',
  'pushed-out-of-sight': 'warning',
  'secret-asked-for': 'warning',
} as const satisfies Record<string, FindingSeverity>;

/** A kind of finding. */
export type FindingKind = keyof typeof FINDING_KINDS;

/** Where a finding stands: in a file, line from 1 and column from 0; or in a manifest, a JSON pointer. */
export type FindingPlace =
  | { readonly file: string; readonly line: number; readonly column?: number }
  | { readonly path: string };

/** Something suspicious about a tool. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: FindingSeverity;
  readonly where: FindingPlace;
  /** The text around it, at most 80 characters; whatever does not show is written out as `\u{…}`. */
  readonly excerpt: string;
  /** One sentence for a human. */
  readonly message: string;
}
