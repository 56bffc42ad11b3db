// What every maker tool is made of: what clients see of it, and its inputs checked before it runs.

import type { Tool } from '@modelcontextprotocol/server';
import { hostError } from '#host/base';
import { createSchemaChecker, type Annotations, type JsonSchema } from '#sandbox';
import type { McpCall } from '../types.ts';

/** A tool that makes or manages tools. Runs in the host, not in the jail: it is this repository's own code. */
export interface MakerTool {
  readonly listed: Tool;
  /** @throws REQUEST_INVALID when the arguments do not fit, and whatever the tool's own work throws */
  call(call: McpCall): Promise<object>;
}

/** A maker tool as it is written down; `Input` is what `input` admits. */
export interface MakerToolDefinition<Input> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly annotations: Annotations;
  readonly input: JsonSchema;
  readonly output: JsonSchema;
  run(input: Input, call: McpCall): Promise<object>;
}

/** Joins a definition with the check of its arguments. */
export function defineMakerTool<Input>(definition: MakerToolDefinition<Input>): MakerTool {
  const { name, title, description, annotations, input, output } = definition;
  const check = createSchemaChecker(input);
  return {
    listed: {
      name,
      title,
      description,
      annotations,
      inputSchema: input as Tool['inputSchema'],
      outputSchema: output,
    },
    async call(call) {
      const checked = check(call.args);
      if (!checked.ok) throw invalidArguments(name, checked.errors);
      return definition.run(call.args as Input, call);
    },
  };
}

/** Schema of arguments: closed, so that a misspelled one is told apart from a missing one. */
export function argumentsOf(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema {
  return { ...answerOf(properties, required), additionalProperties: false };
}

/** Schema of a result: open, so that a later field breaks no client that checks results. */
export function answerOf(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema {
  return { type: 'object', properties, required };
}

function invalidArguments(tool: string, errors: readonly { readonly path: string; readonly message: string }[]) {
  const [first] = errors;
  const where = first === undefined ? 'its input schema' : `${first.path || '/'} ${first.message}`;
  const message = `the arguments of "${tool}" do not fit: ${where}; see its inputSchema`;
  return hostError('REQUEST_INVALID', message, { ...(first === undefined ? {} : { path: first.path }), errors });
}
