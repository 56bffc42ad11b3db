// Lets the context choose a key of the manifest, for instance `grants`. The grant is refused by policy, whoever asks.

import type { Attack } from '../attack.ts';

export default {
  aim: 'lets the context name a key of the manifest',
  make: {
    template: {
      'tool.json.hbs':
        '{ "name": "attack", "description": "d", "inputSchema": { "type": "object" }, {{value}}: { "secret": ["all"] } }',
    },
    context: { value: 'grants' },
  },
  reaches: 'inspect',
  ends: { codes: ['GRANT_UNSUPPORTED'], at: { file: 'tool.json.hbs' } },
  control: {
    make: {
      template: {
        'tool.json.hbs':
          '{ "name": "attack", "description": "d", "inputSchema": { "type": "object" }, {{value}}: { "client.ask": true } }',
      },
      context: { value: 'grants' },
    },
  },
} satisfies Attack;
