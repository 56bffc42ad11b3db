// What the tests of this folder share: schemas as text, and validators ready to call.

import type { CodedError } from '../../../../../sandbox/errors.ts';
import { runtime, type TextValidator } from '../../../../../sandbox/guest/schema/runtime.ts';
import { compileSchemas } from '../../../../fixtures/engines.ts';

/** JSON text of a schema with an object at its root. */
export function objectSchema(keywords: object): string {
  return JSON.stringify({ type: 'object', ...keywords });
}

/** JSON text of a schema with one property `value`. */
export function valueSchema(schema: unknown): string {
  return objectSchema({ properties: { value: schema } });
}

/** The input validator of a schema, evaluated as a cell does it. */
export function compileInput(inputSchema: string): TextValidator {
  return evaluate(compileSchemas({ inputSchema })).input;
}

/** Evaluates the script of `compileSchemas`. */
export function evaluate(validators: string): { readonly input: TextValidator; readonly output: TextValidator } {
  // oxlint-disable-next-line typescript/no-implied-eval -- generated code is what is tested
  const run = new Function('runtime', `return (${validators})(runtime)`) as (
    parts: object,
  ) => ReturnType<typeof evaluate>;
  return run(runtime);
}

/** The errors in a validator's answer; none for ''. */
export function errorsIn(
  answer: string,
): readonly { readonly path: string; readonly message: string; readonly keyword: string }[] {
  return answer === '' ? [] : (JSON.parse(answer) as { errors: ReturnType<typeof errorsIn> }).errors;
}

/** `keyword at path` of the first error. */
export function firstError(answer: string): string {
  const [first] = errorsIn(answer);
  return first === undefined ? 'valid' : `${first.keyword} at ${first.path}`;
}

/** Code and data of what a function throws. */
export function refusalOf(refused: () => unknown): { readonly code: string; readonly data: unknown } {
  try {
    refused();
  } catch (error) {
    const { code, data } = error as CodedError;
    return { code, data };
  }
  return { code: 'nothing was thrown', data: undefined };
}
