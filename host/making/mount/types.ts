// Serving a folder of tools, prompts and resources as it lies there.

import type { Principal } from '#host/base';
import type { ListTopic, ToldFindings } from '#host/registry';

/** Make everything of a folder ready to be served. */
export interface MountRequest {
  readonly principal: Principal;
  /** Its path, from whoever may read this machine's files: the command, never a door. */
  readonly folder: string;
  readonly signal?: AbortSignal;
  /** Called as each item is done, well or not. */
  readonly onItem?: (item: MountedItem) => void;
}

/** An item of a mounted folder that was made ready, or could not be. */
export interface MountedItem {
  /** Its source file within the folder, such as `tools/greet.ts`. */
  readonly path: string;
  readonly ms: number;
  /** How many of the folder's items are done, this one included. */
  readonly done: number;
  readonly total: number;
  readonly problem?: MountProblem;
}

/** Something about a folder that keeps it from being served. */
export interface MountProblem {
  /** Within the folder. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** What was made of an item, and what looked suspicious about it. */
export interface InspectedItem<Made> {
  readonly made: Made;
  readonly found: ToldFindings;
}

/** An item as it was read. */
export interface ItemFiles {
  readonly topic: ListTopic;
  /** That of its files, and the item's own. */
  readonly name: string;
  /** `tools/greet.ts`. */
  readonly entry: string;
  /** `tools/greet.json`. */
  readonly manifestFile: string;
  readonly source: string;
  /** Parsed JSON, unchecked. */
  readonly manifest: unknown;
}
