// Makes `eval` and the four function constructors refuse: text never becomes code in a guest.
//
// The V8 flag against code from strings has no effect inside isolates, so the constructors themselves are replaced. They
// are reachable by no global name but `Function`; every other way leads through the `constructor` of a prototype.

import { EvalError, Function, Object, realm, Reflect } from './primordials.ts';

/** The prototypes of the four kinds of functions, by the name of their constructor. */
const FUNCTION_KINDS: Readonly<Record<string, object>> = {
  Function: Function.prototype,
  AsyncFunction: Object.getPrototypeOf(async () => undefined) as object,
  GeneratorFunction: Object.getPrototypeOf(function* () {}) as object,
  AsyncGeneratorFunction: Object.getPrototypeOf(async function* () {}) as object,
};

/** What now stands for the four constructors, to be frozen. */
export const refusingConstructors: object[] = [];

/** Replaces them; `fn instanceof Function` still holds. */
export function refuseCodeGeneration(): void {
  for (const name of Object.keys(FUNCTION_KINDS)) {
    const prototype = FUNCTION_KINDS[name];
    if (prototype === undefined) continue;
    const constructor = refusingConstructor(name, prototype);
    Reflect.defineProperty(prototype, 'constructor', { value: constructor, writable: false, configurable: false });
    refusingConstructors.push(constructor);
    if (name === 'Function') Reflect.defineProperty(realm, name, { value: constructor });
  }
  const refuse = (): never => {
    throw new EvalError('eval is not available in a tool; write the code into the tool');
  };
  Reflect.defineProperty(refuse, 'name', { value: 'eval' });
  Reflect.defineProperty(realm, 'eval', { value: refuse });
}

function refusingConstructor(name: string, prototype: object): object {
  const constructor = function (): never {
    throw new EvalError(`${name}() cannot make code from text in a tool; write the code into the tool`);
  };
  Reflect.defineProperty(constructor, 'name', { value: name });
  Reflect.defineProperty(constructor, 'prototype', { value: prototype, writable: false });
  return constructor;
}
