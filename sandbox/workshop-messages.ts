// What a lane and its workshop say to each other. One request at a time; bodies are JSON texts.
// A change here is a change of WIRE_VERSION.

import type { Failure } from './errors.ts';
import type {
  CompileRequest,
  Compiled,
  CompiledSchemas,
  ContextRequest,
  RenderRequest,
  Rendered,
  SchemaRequest,
} from './making-contract.ts';

/** What a workshop can do: name → request and result. */
export interface WorkshopOps {
  readonly context: { readonly request: Omit<ContextRequest, 'tenant'>; readonly result: string };
  readonly render: { readonly request: Omit<RenderRequest, 'tenant'>; readonly result: Rendered };
  readonly compile: { readonly request: Omit<CompileRequest, 'tenant'>; readonly result: Compiled };
  readonly schemas: { readonly request: Omit<SchemaRequest, 'tenant'>; readonly result: CompiledSchemas };
}

/** A name in {@link WorkshopOps}. */
export type WorkshopOp = keyof WorkshopOps;

/** What a step came to, once its lane has checked it. */
export type WorkOutcome =
  | { readonly ok: true; readonly result: WorkshopOps[WorkshopOp]['result'] }
  | { readonly ok: false; readonly failure: Failure };

/** From a lane. Body: the request as JSON text. */
export interface WorkOrder {
  readonly type: 'work';
  readonly id: number;
  readonly op: WorkshopOp;
}
