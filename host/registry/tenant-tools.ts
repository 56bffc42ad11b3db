// One tenant's live tools in memory: what every listing and every call looks at.

import type { ChangedTool } from '#host/store';
import { compareNames } from './names.ts';
import type { ListedTool } from './types.ts';
import { toListedTool } from './version-rows.ts';

/** A tool whose name is in use. */
export interface LiveTool {
  readonly listed: ListedTool;
  /** Versions below it belonged to a removed tool of that name. */
  readonly firstVersion: number;
}

/** The live tools of one tenant, as of a revision of the store. */
export class TenantTools {
  readonly #tools = new Map<string, LiveTool>();
  #revision = 0;
  #list: readonly ListedTool[] | undefined;

  /** Changes up to this one are known. */
  get revision(): number {
    return this.#revision;
  }

  find(tool: string): LiveTool | undefined {
    return this.#tools.get(tool);
  }

  /** Sorted by name; the same array until {@link apply}. */
  get list(): readonly ListedTool[] {
    this.#list ??= [...this.#tools.values()].map(({ listed }) => listed).sort((a, b) => compareNames(a.tool, b.tool));
    return this.#list;
  }

  apply(changes: readonly ChangedTool[]): void {
    for (const { tool, live } of changes) {
      if (live === undefined) this.#tools.delete(tool.name);
      else this.#tools.set(tool.name, { listed: toListedTool(live), firstVersion: tool.first_version });
      this.#revision = Math.max(this.#revision, tool.revision);
    }
    this.#list = undefined;
  }
}
