import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { Category, DealContext, Request } from '../../../templates/objection-handler/lib/types.ts';
import { importTemplate } from '../../fixtures/import-template.ts';
import { makeTemplateTool, type TemplateTool } from '../../fixtures/make-template-tool.ts';

interface Phrase {
  readonly phrase: string;
  readonly found: string;
  readonly points: number;
}

interface Answer {
  readonly matched: boolean;
  readonly category: string | null;
  readonly confidence: number;
  readonly matchedOn: readonly Phrase[];
  readonly alternatives: readonly { readonly category: string; readonly confidence: number }[];
  readonly responses: readonly {
    readonly responseId: string;
    readonly text: string;
    readonly evidence: readonly { readonly illustrative: boolean }[];
    readonly why: readonly string[];
  }[];
  readonly withheld: readonly { readonly responseId: string; readonly reason: string }[];
  readonly doNotSay: readonly string[];
  readonly escalate: readonly { readonly to: string }[];
  readonly questions: readonly string[];
  readonly review?: {
    readonly sharedPhrases: readonly { readonly categories: readonly string[] }[];
    readonly withheld: readonly { readonly responseId: string }[];
    readonly needFacts: readonly unknown[];
  };
}

type Tool = TemplateTool<Request, Answer>;

interface Lib {
  stem(word: string): string;
  readWords(text: string): readonly { readonly stem: string; readonly place: number }[];
}

const FOLDER = new URL('../../../templates/objection-handler/', import.meta.url);
const { readWords, stem } = await importTemplate<Lib>('objection-handler', ['read-words', 'stem']);
const starter = await make({});

function make(context: object): Promise<Tool> {
  return makeTemplateTool<Request, Answer>('objection-handler', { product: 'Widget', ...context });
}

/** A tool whose library is the given categories. */
function makeOwn(categories: readonly object[], context: object = {}): Promise<Tool> {
  return make({ starter: false, categories, ...context });
}

function category(id: string, phrases: readonly string[], responses: readonly object[] = []): object {
  const fallback = [{ id: 'only', strategy: 'Say it', text: `About ${id}.` }];
  return { id, phrases, responses: responses.length === 0 ? fallback : responses };
}

function ask(tool: Tool, objection: string, context: DealContext = {}, limit = 8): Answer {
  return tool.run({ objection, context, limit });
}

function compile(schema: object): ValidateFunction {
  return new Ajv2020({ allowUnionTypes: true }).compile(schema);
}

suite('stem', () => {
  const families = [
    ['price', 'prices', 'priced', 'pricing'],
    ['company', 'companies'],
    ['plan', 'plans', 'planned', 'planning'],
    ['call', 'calls', 'called', 'calling'],
    ['compare', 'compares', 'compared', 'comparing'],
    ['try', 'tries', 'tried', 'trying'],
    ['guarantee', 'guarantees', 'guaranteed'],
  ];
  for (const [word = '', ...others] of families) {
    test(`brings ${others.join(', ')} to ${word}`, () => {
      for (const other of others) assert.equal(stem(other), stem(word), other);
    });
  }

  test('keeps words apart that only look related', () => {
    for (const [a = '', b = ''] of [
      ['need', 'ne'],
      ['business', 'busy'],
      ['bus', 'bu'],
      ['thing', 'the'],
      ['speed', 'spe'],
    ]) {
      assert.notEqual(stem(a), stem(b), a);
    }
    assert.equal(stem('später'), 'später');
  });
});

suite('readWords', () => {
  const stems = (text: string): string[] => readWords(text).map((word) => word.stem);

  test('writes contractions out, with any apostrophe and with none', () => {
    for (const text of ["don't", 'don’t', 'DONT']) assert.deepEqual(stems(text), ['do', 'not'], text);
    assert.deepEqual(stems("can't cannot won't it's vendor's we've"), [
      'can',
      'not',
      'can',
      'not',
      'wil',
      'not',
      'it',
      'is',
      'vendor',
      'we',
      'hav',
    ]);
  });

  test('ignores case, accents and how they are composed, full width too', () => {
    assert.deepEqual(stems('Café'), stems('CAFE\u0301'));
    assert.deepEqual(stems('ＰＲＩＣＥ we’ve'), stems('price we have'));
  });

  test('takes each sign of Chinese for a word, and other scripts as they are spaced', () => {
    assert.deepEqual(stems('太贵了 да 값이 비싸요'), ['太', '贵', '了', 'да', '값이', '비싸요']);
  });

  test('keeps clauses apart', () => {
    const [a, b, c] = readWords('no, price but time');
    assert.ok((b?.place ?? 0) - (a?.place ?? 0) > 10 && (c?.place ?? 0) - (b?.place ?? 0) > 10);
  });

  test('reads any text without an error, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const places = readWords(text).map(({ place }) => place);
        assert.deepEqual(
          places,
          [...new Set(places)].toSorted((a, b) => a - b),
        );
      }),
    );
  });
});

suite('recognition', () => {
  const said: [string, string | null][] = [
    ["It's too expensive.", 'price'],
    ["We can't afford this right now", 'price'],
    ["Isn't it a bit too expensive?", 'price'],
    ['The price is not a problem', null],
    ['It is not too expensive', null],
    ["We don't have any budget for this", 'budget'],
    ['Call me back next quarter', 'timing'],
    ['I need to talk to my boss first', 'authority'],
    ['dont need it', 'need'],
    ['We already have a solution that works fine', 'status-quo'],
    ['We are comparing offers from two other vendors', 'competition'],
    ["I've never heard of your company", 'trust'],
    ['What about GDPR?', 'risk'],
    ['Our IT has no capacity for an integration', 'effort'],
    ["I don't want to be locked in for three years", 'contract'],
    ['Does it come in blue?', null],
    ['…', null],
  ];
  for (const [objection, expected] of said) {
    test(`of "${objection}" by the built-in library is ${expected ?? 'nothing'}`, () => {
      assert.equal(ask(starter, objection).category, expected);
    });
  }

  test('counts longer phrases more, insertions less, and overlapping ones once', async () => {
    const tool = await makeOwn([category('a', ['too big', 'big', 'far too big', 'red'])]);
    const points = (objection: string): number[] => ask(tool, objection).matchedOn.map((each) => each.points);
    assert.deepEqual(points('big'), [1]);
    assert.deepEqual(points('too big'), [3]);
    assert.deepEqual(points('far too big, and red'), [5, 1]);
    assert.deepEqual(points('too very very big'), [1]);
    assert.deepEqual(ask(tool, 'too very very big').matchedOn[0]?.found, 'too very very big');
    assert.deepEqual(points('too very very very big'), [1]);
    assert.deepEqual(ask(tool, 'too, big').matchedOn[0]?.found, 'big');
    assert.deepEqual(ask(tool, 'too very very very big').matchedOn[0]?.found, 'big');
  });

  test('says how sure it is: points / (points + 2), times the share of all points', async () => {
    const tool = await makeOwn([category('a', ['red']), category('b', ['very blue', 'blue'])], { minConfidence: 0 });
    assert.deepEqual(ask(tool, 'red').confidence, 0.33);
    const both = ask(tool, 'red, very blue');
    assert.deepEqual(
      [both.category, both.confidence, both.alternatives],
      ['b', 0.45, [{ category: 'a', confidence: 0.08, matchedOn: [{ phrase: 'red', found: 'red', points: 1 }] }]],
    );
  });

  test('takes the earlier category in a tie, and nothing below the least confidence', async () => {
    const categories = [category('a', ['red']), category('b', ['blue'])];
    assert.equal(ask(await makeOwn(categories, { minConfidence: 0.1 }), 'blue red').category, 'a');
    const unsure = ask(await makeOwn(categories), 'blue red');
    assert.deepEqual(
      [unsure.matched, unsure.category, unsure.alternatives.map((each) => each.category), unsure.responses],
      [false, null, ['a', 'b'], []],
    );
    assert.ok(unsure.questions.length > 0);
  });

  test('takes synonyms of the context for the same, in phrases and objections', async () => {
    const synonyms = [['pricey', 'steep', 'over the top']];
    const tool = await makeOwn([category('price', ['too steep'])], { synonyms });
    for (const objection of ['too pricey', 'too over the top', 'TOO STEEP']) {
      assert.deepEqual(ask(tool, objection).matchedOn[0]?.found, objection);
    }
    assert.equal(ask(tool, 'too over the moon').matched, false);
  });

  test('replaces the longest synonym, of several', async () => {
    const synonyms = [
      ['steep', 'over'],
      ['late', 'over the top'],
    ];
    const tool = await makeOwn([category('price', ['too steep']), category('time', ['too late'])], { synonyms });
    assert.deepEqual([ask(tool, 'too over the top').category, ask(tool, 'too over it').category], ['time', 'price']);
  });

  test('denies within three words before, in the same clause, and not in a question', async () => {
    const tool = await makeOwn([category('a', ['red'])]);
    const matched = (objection: string): boolean => ask(tool, objection).matched;
    assert.deepEqual(
      [
        'not red',
        'not at all red',
        'not at all that red',
        'no, red',
        'not red?',
        "it isn't red",
        'never red but red',
      ].map(matched),
      [false, false, true, true, true, false, true],
    );
  });

  test('is the same each time, whatever the objection, and finds what it says it found', () => {
    const word = fc.constantFrom(
      'too',
      'expensive',
      'not',
      'budget',
      'no',
      'have',
      'the',
      'price',
      ',',
      '?',
      'but',
      'next',
      'year',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word).map((words) => words.join(' ')),
          fc.string({ unit: 'grapheme' }),
        ),
        (text) => {
          const objection = `${text} x`;
          const first = ask(starter, objection);
          assert.deepEqual(ask(starter, objection), first);
          for (const { found } of first.matchedOn) assert.ok(objection.includes(found), found);
          assert.ok(first.confidence >= 0 && first.confidence <= 1);
          assert.equal(first.matched, first.category !== null);
          assert.ok(first.matched || (first.responses.length === 0 && first.questions.length > 0));
        },
      ),
    );
  });
});

suite('responses', () => {
  const four: readonly object[] = [
    { id: 'a', strategy: 's', text: 'A' },
    { id: 'b', strategy: 's', text: 'B', stages: ['closing'] },
    { id: 'c', strategy: 's', text: 'C', segments: ['big'] },
    { id: 'd', strategy: 's', text: 'D', stages: ['closing'], segments: ['big'] },
  ];
  const order = async (responses: readonly object[], context: object, deal: DealContext): Promise<string[]> => {
    const tool = await makeOwn([category('x', ['red'], responses)], { segments: ['small', 'big'], ...context });
    return ask(tool, 'red', deal).responses.map(({ text }) => text);
  };

  test('leave out what is meant for others, and prefer what is meant for this deal', async () => {
    assert.deepEqual(await order(four, {}, {}), ['A', 'B', 'C', 'D']);
    assert.deepEqual(await order(four, {}, { stage: 'closing', segment: 'big' }), ['D', 'B', 'C', 'A']);
    assert.deepEqual(await order(four, {}, { stage: 'discovery', segment: 'big' }), ['C', 'A']);
    assert.deepEqual(await order(four, {}, { segment: 'small' }), ['A', 'B']);
  });

  test('take stage and segment of the customer where the call names none', async () => {
    const customer = { stage: 'closing', segment: 'small' };
    assert.deepEqual(await order(four, { customer }, {}), ['B', 'A']);
    assert.deepEqual(await order(four, { customer }, { segment: 'big' }), ['D', 'B', 'C', 'A']);
  });

  test('go by what won, in the segment where that is known, and by priority before all', async () => {
    const outcomes = [
      { responseId: 'x/a', segment: 'big', won: 0, lost: 3 },
      { responseId: 'x/a', won: 9, lost: 0 },
      { responseId: 'x/c', won: 1, lost: 1 },
    ];
    assert.deepEqual(await order(four, { outcomes }, { segment: 'big' }), ['C', 'D', 'B', 'A']);
    assert.deepEqual(await order(four, { outcomes }, { segment: 'small' }), ['A', 'B']);
    const first = four.with(1, { ...four[1], priority: 1 });
    assert.equal((await order(first, { outcomes }, {}))[0], 'B');
  });

  test('are filled once, with facts of the library before those of the call', async () => {
    const text = '{product} {payback} {seats} {Seats} {{seats}}';
    const tool = await makeOwn([category('x', ['red'], [{ id: 'a', strategy: 's', text }])], {
      facts: { payback: '{seats} $&' },
      callerFacts: [{ name: 'seats' }],
    });
    const facts = { seats: '{product}', payback: 'ten', product: 'Gadget' };
    assert.equal(ask(tool, 'red', { facts }).responses[0]?.text, 'Widget {seats} $& {product} {Seats} {{product}}');
  });

  test('are withheld without their facts, and when a fact says what nobody may say', async () => {
    const responses = [
      { id: 'a', strategy: 's', text: 'You have {seats}.' },
      { id: 'b', strategy: 's', text: 'B' },
    ];
    const tool = await makeOwn([{ ...category('x', ['red'], responses), doNotSay: ['free seat'] }], {
      callerFacts: [{ name: 'seats' }],
      doNotSay: ['guarantee'],
    });
    const withheld = (facts: Record<string, string>): string[] => {
      const answer = ask(tool, 'red', { facts });
      assert.deepEqual(answer.doNotSay, ['guarantee', 'free seat']);
      assert.deepEqual(answer.responses.length + answer.withheld.length, 2);
      return answer.withheld.map(({ responseId }) => responseId);
    };
    assert.deepEqual(withheld({}), ['x/a']);
    assert.deepEqual(withheld({ seats: 'ten' }), []);
    assert.deepEqual(withheld({ seats: 'FREE seats' }), ['x/a']);
    assert.deepEqual(withheld({ seats: 'guaranteed' }), ['x/a']);
  });

  test('call evidence without a source illustrative', async () => {
    const evidence = [{ claim: 'a' }, { claim: 'b', source: 'c' }];
    const tool = await makeOwn([category('x', ['red'], [{ id: 'a', strategy: 's', text: 'A', evidence }])]);
    assert.deepEqual(
      ask(tool, 'red').responses[0]?.evidence.map(({ illustrative }) => illustrative),
      [true, false],
    );
  });

  test('of the built-in library give way to a category of the same id', async () => {
    const tool = await make({ categories: [category('price', ['too expensive'])] });
    assert.deepEqual(
      ask(tool, 'too expensive').responses.map(({ text }) => text),
      ['About price.'],
    );
    assert.equal(ask(tool, 'never heard of you').category, 'trust');
  });
});

suite('escalation', () => {
  test('needs every condition of a rule', async () => {
    const escalations = [
      { to: 'late', reason: 'r', categories: ['x'], stages: ['closing'] },
      { to: 'legal', reason: 'r', phrases: ['my lawyer'] },
      { to: 'product', reason: 'r', unmatched: true },
      { to: 'big', reason: 'r', segments: ['big'], unmatched: false },
    ];
    const tool = await makeOwn([category('x', ['red'])], { escalations, segments: ['big'] });
    const to = (objection: string, deal: DealContext = {}): string[] =>
      ask(tool, objection, deal).escalate.map((each) => each.to);
    assert.deepEqual(to('red'), []);
    assert.deepEqual(to('red', { stage: 'closing', segment: 'big' }), ['late', 'big']);
    assert.deepEqual(to('blue', { stage: 'closing', segment: 'big' }), ['product']);
    assert.deepEqual(to('red, my new lawyer says'), ['legal']);
    assert.deepEqual(to('red, not my lawyer'), []);
  });
});

// Proves template.objection-handler.
suite('review', () => {
  const one = [{ id: 'a', strategy: 's', text: 'A' }];
  const broken: [string, object, RegExp][] = [
    ['a category twice', { categories: [category('x', ['a']), category('x', ['b'])] }, /category "x" is there twice/],
    ['a response twice', { categories: [category('x', ['a'], [...one, ...one])] }, /response of "x" "a"/],
    ['a phrase without a word', { categories: [category('x', ['?!'])] }, /holds no word/],
    ['an unknown fact', { categories: [category('x', ['a'], [{ ...one[0], text: '{price}' }])] }, /fact "price"/],
    [
      'the name of an unknown customer',
      { categories: [category('x', ['a'], [{ ...one[0], text: '{customer}' }])] },
      /"customer"/,
    ],
    ['an unknown stage', { categories: [category('x', ['a'], [{ ...one[0], stages: ['late'] }])] }, /"late".*stages/],
    [
      'an unknown segment',
      { categories: [category('x', ['a'], [{ ...one[0], segments: ['big'] }])] },
      /"big".*segments/,
    ],
    ['a customer of an unknown segment', { customer: { segment: 'big' } }, /customer's segment/],
    ['a fact that is built in', { facts: { product: 'x' } }, /fact "product" is there twice/],
    ['a fact of both', { facts: { a: 'x' }, callerFacts: [{ name: 'a' }] }, /fact "a" is there twice/],
    [
      'an escalation of an unknown category',
      { escalations: [{ to: 'x', reason: 'r', categories: ['y'] }] },
      /"y".*categories/,
    ],
    ['an outcome of an unknown response', { outcomes: [{ responseId: 'x/y', won: 1, lost: 0 }] }, /"x\/y".*responses/],
    [
      'a response that says what is not to be said',
      { doNotSay: ['cheap'], categories: [category('x', ['a'], [{ ...one[0], nextQuestion: 'Not CHEAP?' }])] },
      /says "cheap"/,
    ],
  ];
  for (const [what, context, message] of broken) {
    test(`refuses ${what}, in the first example`, async () => {
      const tool = await make(context);
      const input = tool.manifest.examples[0]?.input as Request;
      assert.throws(
        () => tool.run(input),
        (error: Error & { code?: string }) => error.code === 'TOOL_FAILED' && message.test(error.message),
      );
    });
  }

  test('lists phrases of several categories, responses that need facts, and built-in ones that are forbidden', async () => {
    const categories = [
      category('x', ['the reds', 'a'], [{ id: 'a', strategy: 's', text: '{n} {n}' }]),
      category('y', ['the red']),
    ];
    const own = (await makeOwn(categories, { callerFacts: [{ name: 'n' }] })).run({ review: true }).review;
    assert.deepEqual(own?.sharedPhrases, [{ phrase: 'the reds', categories: ['x', 'y'] }]);
    assert.deepEqual(own?.needFacts, [{ responseId: 'x/a', facts: ['n'] }]);
    const tool = await make({ doNotSay: ['scope'] });
    assert.deepEqual(
      tool.run({ review: true }).review?.withheld.map(({ responseId }) => responseId),
      ['price/trade-not-give'],
    );
    assert.deepEqual(
      ask(tool, 'too expensive').withheld.map(({ responseId }) => responseId),
      ['price/trade-not-give'],
    );
  });
});

suite('the built-in library', () => {
  const library = JSON.parse(readFileSync(new URL('data/library.json', FOLDER), 'utf8')) as Category[];

  test('keeps the rules of an own one', async () => {
    const tool = await makeOwn(library);
    assert.deepEqual(tool.run({ review: true }).review?.sharedPhrases, []);
  });

  test('has each phrase recognised as its own category', () => {
    for (const { id, phrases } of library) {
      for (const phrase of phrases) assert.equal(ask(starter, phrase).category, id, phrase);
    }
  });

  test('claims nothing: no evidence, and no fact but the product', () => {
    for (const response of library.flatMap(({ responses }) => responses)) {
      assert.deepEqual(response.evidence, []);
      assert.doesNotMatch(response.text.replaceAll('{product}', ''), /[{\d%$€]/);
    }
  });
});

suite('the rendered tool', () => {
  test('takes an objection or a review, and only what its context knows', async () => {
    const tool = await make({ segments: ['big'], callerFacts: [{ name: 'seats' }] });
    const isInput = compile(tool.manifest.inputSchema);
    const objection = 'x';
    const right = [
      { review: true },
      { objection },
      { objection, limit: 1, context: { stage: 'closing', segment: 'big', facts: { seats: '10' } } },
    ];
    for (const input of right) assert.ok(isInput(input), JSON.stringify(input));
    const wrong = [
      {},
      { review: false },
      { review: true, objection },
      { objection: '' },
      { objection, limit: 0 },
      { objection, context: { stage: 'late' } },
      { objection, context: { segment: 'small' } },
      { objection, context: { facts: { other: 'x' } } },
    ];
    for (const input of wrong) assert.ok(!isInput(input), JSON.stringify(input));
  });
});
