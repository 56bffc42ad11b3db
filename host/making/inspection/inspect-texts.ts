// Reads what strangers wrote, before it runs, for anything that a person should have a look at.
//
// A hint, and never the wall: what is found is reported, what is not found is jailed all the same. Nothing is parsed that
// can be nested or evaluated: it scans, on the host's main loop, in time linear in what it reads.
//
// SECURITY: bounded, whatever it is given; test/unit/host/making/inspection/bounds.test.ts holds it.

import type { FindingPlace, Grants, Json } from '#sandbox';
import { inspectAnnotations } from './annotation-rules.ts';
import { inspectBlanks, PROSE_BLANKS } from './blanks.ts';
import { inspectCharacters } from './character-rules.ts';
import { createLineIndex, type LinePlace } from './line-index.ts';
import { manifestTexts, type ManifestText } from './manifest-texts.ts';
import { inspectLink, inspectMarkup } from './markup-rules.ts';
import { inspectSource } from './source-rules.ts';
import { Suspicions, type Inspection, type Subject } from './suspicions.ts';
import { inspectWording } from './wording.ts';

/** What is read of a tool, a prompt or a resource. */
export interface Texts {
  /** As it was checked: bounded in depth. @default none */
  readonly manifest?: InspectedManifest;
  /** Path → source. */
  readonly files: Readonly<Record<string, string>>;
  /** Where a position in a file is to be told instead. @default as it is */
  readonly placeOf?: (place: FilePlace) => FindingPlace;
}

/** A manifest of any kind: whatever of it is text is read. */
export type InspectedManifest = object & { readonly annotations?: object; readonly grants: Grants };

/** A place in a file. */
export interface FilePlace extends LinePlace {
  readonly file: string;
}

/** Characters read of all files, and as many of the manifest: more than people write, and few enough not to keep the host. */
const MAX_CHARACTERS = 512 * 1024;

/** Reads a manifest and the files beside it. */
export function inspectTexts({ manifest, files, placeOf = (place) => place }: Texts): Inspection {
  const suspicions = new Suspicions();
  if (manifest !== undefined) {
    inspectManifest(manifest as unknown as Json, suspicions);
    inspectAnnotations(manifest, suspicions);
  }
  inspectFiles(files, placeOf, suspicions);
  return suspicions.inspection;
}

function inspectManifest(manifest: Json, suspicions: Suspicions): void {
  const ownNames = new Set<string>();
  const read: ManifestText[] = [];
  let room = MAX_CHARACTERS;
  for (const each of manifestTexts(manifest)) {
    if (each.isKey || each.path === '/name') ownNames.add(each.text);
    if (room < each.text.length) {
      suspicions.add('unread-text', subjectAt(each), 0);
      break;
    }
    room -= each.text.length;
    read.push(each);
  }
  for (const each of read) inspectText(each, ownNames, suspicions);
}

function inspectText(each: ManifestText, ownNames: ReadonlySet<string>, suspicions: Suspicions): void {
  const subject = subjectAt(each);
  inspectCharacters(subject, suspicions);
  if (each.isKey) return;
  inspectBlanks(subject, suspicions, PROSE_BLANKS);
  inspectMarkup(subject, suspicions);
  if (!IS_ADDRESS.test(each.path)) inspectLink(subject, suspicions);
  inspectWording(subject, suspicions, { ownNames });
}

/** Where an address belongs: a schema's name, a grant, a resource's own. */
const IS_ADDRESS = /^\/(?:grants\/.*|uri)$|\/\$(?:schema|id|ref)$/;

function subjectAt({ path, text }: ManifestText): Subject {
  return { text, placeOf: () => ({ path }) };
}

function inspectFiles(
  files: Readonly<Record<string, string>>,
  placeOf: (place: FilePlace) => FindingPlace,
  suspicions: Suspicions,
): void {
  let room = MAX_CHARACTERS;
  for (const [file, whole] of Object.entries(files)) {
    const text = whole.slice(0, room);
    const lineAt = createLineIndex(text);
    const subject: Subject = { text, placeOf: (index) => placeOf({ file, ...lineAt(index) }) };
    inspectSource(subject, suspicions);
    room -= text.length;
    if (text.length === whole.length) continue;
    suspicions.add('unread-text', subject, text.length, `${whole.length - text.length} characters of this file`);
    return;
  }
}
