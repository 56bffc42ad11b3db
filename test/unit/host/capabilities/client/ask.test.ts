import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { readAsk } from '../../../../../host/capabilities/client/ask.ts';

const NAME = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };

function ask(message: unknown, schema: unknown = NAME): ReturnType<typeof readAsk> {
  return readAsk({ message, schema }, 'who', 'greet');
}

suite('readAsk', () => {
  // Proves calling.question-names-tool.
  test('shows the name of the tool before whatever it asks', () => {
    const { key, request } = ask('Your name?');
    assert.equal(key, 'who');
    assert.deepEqual(request, {
      method: 'elicitation/create',
      params: { message: '[greet] Your name?', requestedSchema: NAME },
    });
    assert.equal(ask('[bank] Your name?').request.params['message'], '[greet] [bank] Your name?');
  });

  test('takes a message of one to 2,000 characters that shows what it holds', () => {
    assert.doesNotThrow(() => ask('x'.repeat(2000)));
    assert.doesNotThrow(() => ask('two\nlines\tand a tab'));
    for (const message of ['', '  ', 'x'.repeat(2001), 5, undefined, 'a\u0007b', 'a\u202eb', 'a\u2066b', 'a\r\nb']) {
      assert.throws(() => ask(message), { code: 'ASK_INVALID' }, JSON.stringify(message));
    }
  });

  test('refuses arguments that are no question', () => {
    for (const args of [null, 'x', [], { message: 'x', url: 'https://example.com' }]) {
      assert.throws(() => readAsk(args, 'who', 'greet'), { code: 'ASK_INVALID' });
    }
  });

  // Proves calling.no-secrets.
  test('asks for no secrets, however they are written', () => {
    const secrets = [
      'Enter your password',
      'your PASSPHRASE please',
      'p\u200bassword?',
      'ｐａｓｓｗｏｒｄ?',
      'the API key',
      'api-key?',
      'accessToken',
      'card number?',
      'the cvv on the back',
      'Your PIN?',
      'Dein Kennwort',
      'Введите пароль',
      '请输入密码',
      'パスワードを入力',
      '비밀번호 입력',
      'pwd?',
      'Your card no.?',
    ];
    for (const message of secrets) assert.throws(() => ask(message), { code: 'ASK_INVALID' }, message);
    for (const name of ['password', 'apiKey', 'api_key', 'access-token', 'cardNumber', 'cvv', 'pin', 'client_secret']) {
      const schema = { type: 'object', properties: { [name]: { type: 'string' } } };
      assert.throws(() => ask('Please', schema), { code: 'ASK_INVALID' }, name);
    }
    for (const label of ['title', 'description']) {
      const schema = { type: 'object', properties: { a: { type: 'string', [label]: 'Your password' } } };
      assert.throws(() => ask('Please', schema), { code: 'ASK_INVALID' }, label);
    }
    const title = 'Type your password instead';
    for (const choice of [{ oneOf: [{ const: 'a', title }] }, { enum: ['a'], enumNames: [title] }]) {
      const schema = { type: 'object', properties: { a: { type: 'string', ...choice } } };
      assert.throws(() => ask('Please', schema), { code: 'ASK_INVALID' });
    }
  });

  test('asks for what only sounds like one', () => {
    for (const message of [
      'Spin the wheel?',
      'Which opinion?',
      'A compass?',
      'How many tokens?',
      'Shipping address?',
      'Tokens per minute?',
      'Is it pinned?',
      'This account no longer exists. Make a new one?',
      'Is the card no longer used?',
    ]) {
      assert.doesNotThrow(() => ask(message), message);
    }
  });

  test('gives the tool an answer of its own form alone', () => {
    const { readAnswer } = ask('Your name?');
    assert.deepEqual(readAnswer({ action: 'accept', content: { name: 'Ada', more: 1 }, _meta: { a: 1 } }), {
      action: 'accept',
      content: { name: 'Ada' },
    });
    assert.deepEqual(readAnswer({ action: 'decline', content: { name: 'Ada' } }), { action: 'decline' });
    assert.deepEqual(readAnswer({ action: 'cancel' }), { action: 'cancel' });
  });

  test('takes what does not fit as no answer', () => {
    const { readAnswer } = ask('Your name?');
    const said = [
      undefined,
      null,
      12_345,
      'accept',
      [],
      {},
      { action: 'yes' },
      { action: 'accept' },
      { action: 'accept', content: { name: 5 } },
      { action: 'accept', content: [] },
    ];
    for (const each of said) assert.equal(readAnswer(each), undefined, JSON.stringify(each));
  });
});
