// Splices what is no value between values of the manifest. What renders to no JSON goes no further.

import type { Attack } from '../attack.ts';

export default {
  aim: 'renders a manifest that is not JSON',
  make: { template: { 'tool.json.hbs': '{ "name": "attack" "description": {{value}} }' }, context: { value: 'x' } },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_OUTPUT_INVALID'], at: { file: 'tool.json.hbs', line: 1 } },
  control: {
    make: {
      template: {
        'tool.json.hbs': '{ "name": "attack", "description": {{value}}, "inputSchema": { "type": "object" } }',
      },
      context: { value: 'x' },
    },
  },
} satisfies Attack;
