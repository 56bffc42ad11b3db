// Every text of a manifest that a model, a client or a person may be shown, and where it stands.

import type { Json } from '#sandbox';

/** A text of a manifest. */
export interface ManifestText {
  /** JSON pointer. */
  readonly path: string;
  readonly text: string;
  /** Whether it is the name of a property, not a value. */
  readonly isKey: boolean;
}

/**
 * All of a manifest's strings and keys, from the first to the last.
 *
 * @param manifest no deeper than recursion survives: whoever checked it has bounded it
 */
export function* manifestTexts(manifest: Json | undefined, path = ''): Generator<ManifestText> {
  if (typeof manifest === 'string') yield { path, text: manifest, isKey: false };
  if (typeof manifest !== 'object' || manifest === null) return;
  const isList = Array.isArray(manifest);
  for (const [key, value] of Object.entries(manifest)) {
    const below = `${path}/${escapePointer(key.slice(0, MAX_KEY))}`;
    if (!isList) yield { path: below, text: key, isKey: true };
    yield* manifestTexts(value, below);
  }
}

/** Enough of a key to find it by. */
const MAX_KEY = 80;

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
