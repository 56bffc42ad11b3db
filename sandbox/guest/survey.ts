// The tool that reads the surface of a realm: it walks everything a tool can reach and names it. It runs as any other tool
// does, compiled by the workshop, in a context of its own: what it cannot see, no tool sees.
//
// A name is the shortest path that leads to a value. `[[Prototype]]` and `[[get]]` are steps that no property name stands
// for, `%Name%` is an intrinsic as ECMAScript calls it, `<name>` a value that syntax or a built-in function makes.
// The own `name` and `length` that every function has are left out.

type Entry = readonly [path: string, kind: string];

export default {
  run(_input: unknown, host: object): { readonly names: readonly Entry[] } {
    buildLazyGlobals();
    return { names: walk([['', globalThis], ['host', host], ...Object.entries(hiddenRoots(host))]) };
  },
};

/** Some globals are built when they are first read, and accessors until then. */
function buildLazyGlobals(): void {
  for (const key of Reflect.ownKeys(globalThis)) Reflect.get(globalThis, key);
}

/** What no global name leads to: the objects behind syntax, and those that only functions give. */
function hiddenRoots(host: object): Readonly<Record<string, unknown>> {
  const segments = new Intl.Segmenter().segment('a');
  return {
    '%AsyncFunction.prototype%': prototypeOf(async () => undefined),
    '%GeneratorFunction.prototype%': prototypeOf(function* () {}),
    '%AsyncGeneratorFunction.prototype%': prototypeOf(async function* () {}),
    '%AsyncIteratorPrototype%': prototypeOf(prototypeOf(prototypeOf((async function* () {})()))),
    '%TypedArray%': prototypeOf(Int8Array),
    '%ArrayIteratorPrototype%': prototypeOf([].values()),
    '%StringIteratorPrototype%': prototypeOf(''[Symbol.iterator]()),
    '%MapIteratorPrototype%': prototypeOf(new Map().keys()),
    '%SetIteratorPrototype%': prototypeOf(new Set().keys()),
    '%RegExpStringIteratorPrototype%': prototypeOf(''.matchAll(/x/g)),
    '%IteratorHelperPrototype%': prototypeOf([].values().drop(1)),
    '%WrapForValidIteratorPrototype%': prototypeOf(Iterator.from({ next: () => ({ done: true, value: undefined }) })),
    '%IntlSegmentsPrototype%': prototypeOf(segments),
    '%IntlSegmentIteratorPrototype%': prototypeOf(segments[Symbol.iterator]()),
    '<arguments>': argumentsObject(),
    '<error>': new Error('a message', { cause: 'a cause' }),
    '<function>': function () {},
    '<match>': /x/d.exec('x'),
    '<pattern>': /x/,
    '<promise>': Promise.resolve(),
    '<refusal>': thrownBy(() => void Reflect.get(host, 'fetch')),
    '<template>': stringsOf`text`,
    '<textDecoder>': madeBy('TextDecoder'),
    '<textEncoder>': madeBy('TextEncoder'),
  };
}

function prototypeOf(value: unknown): unknown {
  return Object.getPrototypeOf(value);
}

function argumentsObject(): unknown {
  // oxlint-disable-next-line prefer-rest-params -- this very object is looked at
  return arguments;
}

function stringsOf(strings: TemplateStringsArray): unknown {
  return strings;
}

/** An instance of a global that only tools have. */
function madeBy(name: string): unknown {
  return Reflect.construct(Reflect.get(globalThis, name) as () => unknown, []);
}

/** An error of the host's own making. */
function thrownBy(action: () => void): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}

interface Place {
  readonly path: string;
  readonly value: unknown;
}

/** Breadth first, each object once; own properties before prototypes, so that what has a name goes by it. */
function walk(roots: readonly (readonly [path: string, value: unknown])[]): readonly Entry[] {
  const names = roots.filter(([path]) => path !== '').map(([path, value]): Entry => [path, kindOf(value)]);
  const seen = new Set<object>();
  const inherited: Place[] = [];
  follow(roots.map(([path, value]) => ({ path, value })));
  for (const place of inherited) {
    if (!isObject(place.value) || seen.has(place.value)) continue;
    names.push([place.path, kindOf(place.value)]);
    follow([place]);
  }
  return names;

  /** Both lists grow while they are gone through. */
  function follow(places: Place[]): void {
    for (const { path, value } of places) {
      if (!isObject(value) || seen.has(value)) continue;
      seen.add(value);
      for (const [at, property] of propertiesOf(value, path)) {
        const { get, set, value: held } = property;
        names.push([at, get === undefined && set === undefined ? kindOf(held) : 'accessor']);
        places.push(
          { path: at, value: held },
          { path: `${at}[[get]]`, value: get },
          { path: `${at}[[set]]`, value: set },
        );
      }
      inherited.push({ path: `${path === '' ? 'globalThis' : path}[[Prototype]]`, value: prototypeOf(value) });
    }
  }
}

function isObject(value: unknown): value is object {
  return Object(value) === value;
}

type Property = TypedPropertyDescriptor<unknown>;

/** Path → property, without the plain facts of a function. */
function propertiesOf(object: object, path: string): readonly (readonly [path: string, Property])[] {
  return sortedKeys(object).flatMap((key) => {
    const property: Property | undefined = Reflect.getOwnPropertyDescriptor(object, key);
    if (property === undefined || isPlainFact(object, key, property)) return [];
    return [[path + step(key, path === ''), property] as const];
  });
}

function isPlainFact(object: object, key: PropertyKey, { value }: Property): boolean {
  if (typeof object !== 'function') return false;
  return (key === 'name' && typeof value === 'string') || (key === 'length' && typeof value === 'number');
}

/** In an order that the engine's own does not change: strings, then symbols. */
function sortedKeys(object: object): readonly PropertyKey[] {
  const keys = Reflect.ownKeys(object);
  const strings = keys.filter((key) => typeof key === 'string').sort();
  const symbols = keys.filter((key) => typeof key === 'symbol').sort((a, b) => (String(a) < String(b) ? -1 : 1));
  return [...strings, ...symbols];
}

function step(key: PropertyKey, isFirst: boolean): string {
  if (typeof key === 'symbol') return `[${key.description ?? ''}]`;
  const name = String(key);
  if (!/^[\w$]+$/.test(name)) return `[${JSON.stringify(name)}]`;
  return isFirst ? name : `.${name}`;
}

function kindOf(value: unknown): string {
  if (typeof value === 'function') return isConstructor(value) ? 'constructor' : 'function';
  return isObject(value) ? 'object' : 'value';
}

/** Whether `new` takes it. Nothing of it runs: it is asked for no more than the prototype of the new object. */
function isConstructor(value: unknown): boolean {
  try {
    Reflect.construct(Object, [], value as () => unknown);
    return true;
  } catch {
    return false;
  }
}
