// Every repository over one pair of handles.

import type { Repositories } from '../types.ts';
import { createConvictionRepository } from './conviction-repository.ts';
import { createEventRepository } from './event-repository.ts';
import type { Handles } from './handles.ts';
import { createKeyRepository } from './key-repository.ts';
import { createLedgerRepository } from './ledger-repository.ts';
import { createMakingRepository } from './making-repository.ts';
import { createRevisionRepository } from './revision-repository.ts';
import { createRunRepository } from './run-repository.ts';
import { createSuspensionRepository } from './suspension-repository.ts';
import { createTaskRepository } from './task-repository.ts';
import { createToolRepository } from './tool-repository.ts';

/** The repositories of a database, or of a transaction when both handles are that transaction. */
export function createRepositories(handles: Handles): Repositories {
  return {
    tools: createToolRepository(handles),
    runs: createRunRepository(handles),
    makings: createMakingRepository(handles),
    convictions: createConvictionRepository(handles),
    revisions: createRevisionRepository(handles),
    suspensions: createSuspensionRepository(handles),
    tasks: createTaskRepository(handles),
    keys: createKeyRepository(handles),
    events: createEventRepository(handles),
    ledger: createLedgerRepository(handles),
  };
}
