// Which templates there are, and what one of them wants to know.

import type { Maker } from '#host/making';
import type { JsonSchema } from '#sandbox';
import { answerOf, argumentsOf, defineMakerTool, type MakerTool } from './define.ts';

const SUMMARY_PROPERTIES: Readonly<Record<string, JsonSchema>> = {
  name: { type: 'string' },
  version: { type: 'string' },
  title: { type: 'string' },
  description: { type: 'string' },
  category: { type: 'string' },
};
const SUMMARY_KEYS = Object.keys(SUMMARY_PROPERTIES);

/** `list_templates` */
export function listTemplates(maker: Maker): MakerTool {
  return defineMakerTool({
    name: 'list_templates',
    title: 'List templates',
    description:
      'Lists the templates that generate_tool can turn into a tool. Call it first when you need a calculator, a pricing ' +
      'or a decision tool for a particular customer or case; then describe_template for the one that fits.',
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    input: argumentsOf({}, []),
    output: answerOf({ templates: { type: 'array', items: answerOf(SUMMARY_PROPERTIES, SUMMARY_KEYS) } }, [
      'templates',
    ]),
    async run() {
      return { templates: await maker.listTemplates() };
    },
  });
}

/** `describe_template` */
export function describeTemplate(maker: Maker): MakerTool {
  return defineMakerTool<{ readonly template: string }>({
    name: 'describe_template',
    title: 'Describe a template',
    description:
      'Shows one template in full: the JSON Schema its context must fit, and examples of a context with calls to the ' +
      'tool it makes. Read it before generate_tool and build the context from the schema.',
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    input: argumentsOf({ template: { type: 'string', description: 'A name from list_templates.' } }, ['template']),
    output: answerOf(
      {
        ...SUMMARY_PROPERTIES,
        context: { type: 'object', description: 'JSON Schema of the context that generate_tool takes.' },
        examples: {
          type: 'array',
          items: answerOf({ title: { type: 'string' }, context: {}, calls: { type: 'array' } }, [
            'title',
            'context',
            'calls',
          ]),
        },
      },
      [...SUMMARY_KEYS, 'context', 'examples'],
    ),
    async run({ template }) {
      return maker.describeTemplate(template);
    },
  });
}
