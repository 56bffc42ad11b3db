// The calling path as one object: tools, prompts, resources and tasks over one way of executing them.

import type { Sandbox } from '#sandbox';
import type { Clock } from '#host/base';
import type { Capabilities } from '#host/capabilities';
import type { Ledger } from '#host/ledger';
import type { Registry } from '#host/registry';
import type { Store } from '#host/store';
import type { ProfilePolicy, Quarantine } from '#host/traffic';
import { callTool, converseWithTool } from './call-tool.ts';
import { createSuspensions } from './conversation/suspensions.ts';
import { complete } from './mounted/complete.ts';
import { getPrompt } from './mounted/get-prompt.ts';
import { readResource } from './mounted/read-resource.ts';
import { toolSubject } from './subject.ts';
import { createTasks } from './tasks/create-tasks.ts';
import type { Caller } from './types.ts';

/** What calling needs. */
export interface CallerDeps {
  readonly sandbox: Pick<Sandbox, 'run'>;
  readonly registry: Pick<Registry, 'get' | 'getSource' | 'getPrompt' | 'getResource' | 'resources'>;
  readonly capabilities: Capabilities;
  readonly profiles: ProfilePolicy;
  readonly ledger: Pick<Ledger, 'recordRun'>;
  readonly quarantine: Pick<Quarantine, 'assertFree' | 'convict'>;
  readonly store: Pick<Store, 'suspensions' | 'tasks' | 'keys'>;
  readonly clock: Clock;
}

/** Calls tools, prompts and resources. */
export function createCaller(given: CallerDeps): Caller {
  const { registry, store, clock } = given;
  const tasks = createTasks({
    ...given,
    find: async (tenant, tool, version) => toolSubject(await registry.get(tenant, `${tool}@${version}`), registry),
  });
  const deps = { ...given, suspensions: createSuspensions(store, clock), tasks };
  return {
    call: (call) => callTool(call, deps),
    converse: (call) => converseWithTool(call, deps),
    getPrompt: (call) => getPrompt(call, deps),
    readResource: (call) => readResource(call, deps),
    complete: (call) => complete(call, deps),
    tasks,
    drain: (deadlineMs) => tasks.drain(deadlineMs),
    [Symbol.asyncDispose]: () => tasks.drain(0),
  };
}
