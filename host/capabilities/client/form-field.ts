// The fields a form may have, as MCP knows them.

/** A form as a client is asked to show it. */
export interface FormSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, FormField>>;
  readonly required?: readonly string[];
}

/** One of the choices of a field. */
export interface Choice {
  readonly const: string;
  readonly title: string;
}

/** What every field may carry. */
interface Labels {
  readonly title?: string;
  readonly description?: string;
}

/** A field of a form. */
export type FormField = Labels &
  (
    | {
        readonly type: 'string';
        readonly minLength?: number;
        readonly maxLength?: number;
        readonly format?: 'email' | 'uri' | 'date' | 'date-time';
        readonly default?: string;
      }
    | {
        readonly type: 'string';
        readonly enum: readonly string[];
        readonly enumNames?: readonly string[];
        readonly default?: string;
      }
    | { readonly type: 'string'; readonly oneOf: readonly Choice[]; readonly default?: string }
    | {
        readonly type: 'number' | 'integer';
        readonly minimum?: number;
        readonly maximum?: number;
        readonly default?: number;
      }
    | { readonly type: 'boolean'; readonly default?: boolean }
    | {
        readonly type: 'array';
        readonly items:
          | { readonly type: 'string'; readonly enum: readonly string[] }
          | { readonly anyOf: readonly Choice[] };
        readonly minItems?: number;
        readonly maxItems?: number;
        readonly default?: readonly string[];
      }
  );

/** What a field lets a person choose from, in whichever way it says so; empty when it is no choice. */
export function choicesOf(field: FormField): readonly Choice[] {
  if (field.type === 'array') return 'enum' in field.items ? entitled(field.items.enum) : field.items.anyOf;
  if (field.type !== 'string') return [];
  if ('oneOf' in field) return field.oneOf;
  return 'enum' in field ? entitled(field.enum, field.enumNames) : [];
}

/** A value without a name of its own is its name. */
function entitled(values: readonly string[], names: readonly string[] = values): readonly Choice[] {
  return values.map((value, index) => ({ const: value, title: names[index] ?? '' }));
}
