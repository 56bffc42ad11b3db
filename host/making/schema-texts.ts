// The schemas of a tool as the workshop takes them. The same schemas always give the same texts: it knows them again by that.

import type { JsonSchema, SchemaTexts } from '#sandbox';

/** A tool's schemas, or what is known of them so far. */
interface Schemas {
  readonly inputSchema?: JsonSchema | undefined;
  readonly outputSchema?: JsonSchema | undefined;
}

/** Each schema as JSON text. */
export function schemaTexts(schemas: Schemas & { readonly inputSchema: JsonSchema }): SchemaTexts;
export function schemaTexts(schemas: Schemas): Partial<SchemaTexts>;
export function schemaTexts({ inputSchema, outputSchema }: Schemas): Partial<SchemaTexts> {
  return {
    ...(inputSchema === undefined ? {} : { inputSchema: JSON.stringify(inputSchema) }),
    ...(outputSchema === undefined ? {} : { outputSchema: JSON.stringify(outputSchema) }),
  };
}
