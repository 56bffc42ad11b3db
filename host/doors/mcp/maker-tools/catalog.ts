// The maker tools, in the order clients see them: find, make, manage, look back.

import type { Ledger } from '#host/ledger';
import type { Maker } from '#host/making';
import type { Registry } from '#host/registry';
import type { MakerTool } from './define.ts';
import { createTool, generateSet, generateTool } from './making.ts';
import { describeRun } from './runs.ts';
import { describeTemplate, listTemplates } from './templates.ts';
import { listVersions, removeTool, rollbackTool } from './versions.ts';

/** What maker tools work on. */
export interface MakerToolDeps {
  readonly maker: Maker;
  readonly registry: Registry;
  readonly ledger: Ledger;
}

/** Every maker tool. Their names are reserved: no generated tool can have one. */
export function createMakerTools({ maker, registry, ledger }: MakerToolDeps): readonly MakerTool[] {
  return [
    listTemplates(maker),
    describeTemplate(maker),
    generateTool(maker),
    generateSet(maker),
    createTool(maker),
    listVersions(registry),
    rollbackTool(registry),
    removeTool(registry),
    describeRun(ledger),
  ];
}
