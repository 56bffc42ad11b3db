// A manifest without schemas makes the host evaluate the source to read them. That happens in a cell, under limits.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'never ends while its schemas are read',
  make: {
    template: {
      'tool.json.hbs': '{ "name": "attack", "description": "No schemas." }',
      'tool.ts.hbs': 'for (;;);\nexport default { run: () => ({}) };',
    },
    context: { value: 1 },
  },
  reaches: 'inspect',
  ends: OUT_OF_TIME,
  control: {
    make: {
      template: {
        'tool.json.hbs': '{ "name": "attack", "description": "No schemas." }',
        'tool.ts.hbs':
          "for (let i = 0; i < 1000; i += 1);\nexport default { input: { type: 'object' }, run: () => ({}) };",
      },
      context: { value: 1 },
    },
  },
} satisfies Attack;
