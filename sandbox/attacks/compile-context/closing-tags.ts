// Texts that end a script element or a comment, wherever the source may be shown. They come out as the texts they are.

import type { Attack } from '../attack.ts';

export default {
  aim: 'fills in closing tags',
  make: { template: {}, context: { value: '</script><!--<script>*/ --> //# sourceMappingURL=/etc/passwd' } },
  reaches: 'run',
  ends: { output: { value: '</script><!--<script>*/ --> //# sourceMappingURL=/etc/passwd' } },
} satisfies Attack;
