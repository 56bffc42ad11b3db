// What each kind of finding says to a human: what was seen, and why it is worth a look.

import type { FindingKind } from '#sandbox';

/** Kind → one sentence without its full stop. */
export const MEANINGS: Readonly<Record<FindingKind, string>> = {
  'annotation-contradicted': 'an annotation says less than the grants allow',
  'bidi-control': 'characters that turn the direction of text around, so that it reads otherwise than it runs',
  'character-codes': 'text is put together from character codes',
  'code-from-text': 'code is made from text, where no reader sees it',
  'computed-chain': 'a name is put together from text that could stand there as it is',
  'control-character': 'a control character, which a terminal or a log may obey',
  'conversation-markup': "markup that some models take for their host's own",
  'data-sent-elsewhere': 'the reader is told to send something to an address',
  'decoded-literal': 'a long literal is decoded into something no reader sees',
  'encoded-literal': 'a long literal of encoded data',
  'encoded-text': 'encoded data in a text that is meant to be read',
  'engine-internals': 'it reaches for what the jail does not hand out',
  'escaped-identifier': 'a name is written with escapes, so that no search finds it',
  'escaped-literal': 'plain characters are written as escapes, so that no search finds them',
  'hidden-from-user': 'the reader is told to keep something from the user',
  'hidden-markup': 'markup that a model reads and a page does not show',
  'instruction-to-model': 'the text gives orders to the model instead of describing the tool',
  'invisible-character': 'characters that do not show',
  link: 'an address outside',
  'long-line': 'a line too long to be read by people',
  'machine-names': 'names as obfuscators make them',
  'mixed-script-word': 'a word of letters that look alike but belong to different scripts',
  'other-tool-named': 'the text says what to do about another tool',
  'overlong-text': 'a text longer than a description has to be',
  'private-use-character': 'characters whose look every font decides for itself',
  'pushed-out-of-sight': 'text behind so much blank space that nobody sees it',
  'secret-asked-for': 'the reader is told to hand over something secret',
  'string-table': 'strings are kept in a table that is shuffled before it is used',
  'tag-character': 'tag characters, which do not show and which models can read',
  'unread-text': 'more text than is inspected',
  'variation-selectors': 'selectors of character variants where there is no variant, which can carry hidden bytes',
};
