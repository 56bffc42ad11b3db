// The validators of a tool as one script.

/**
 * A classic script whose completion value is `(runtime) => ({ input, output })`: functions that take JSON text and return
 * '' when it is valid, else JSON text `{"errors": […]}`; `runtime` is the export of `guest/schema/runtime.ts`.
 *
 * @param output without it, any JSON is a valid output
 */
export function joinValidators(input: string, output: string = ANY_JSON): string {
  return `(function (runtime) {"use strict";\nreturn {\ninput: (${input})(runtime),\noutput: (${output})(runtime)};})`;
}

const ANY_JSON = 'function (runtime) {return runtime.check(function () {return true;});}';
