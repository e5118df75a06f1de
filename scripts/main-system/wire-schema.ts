import { z } from "zod";

/** As much of JSON Schema as the documents of the main system use. */
export interface WireSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly WireSchema[];
  readonly items?: WireSchema;
  readonly properties?: Readonly<Record<string, WireSchema>>;
  readonly required?: readonly string[];
}

/** What goes over the wire under a schema, before it is read into our words. */
export function wireSchema(schema: z.ZodType): WireSchema {
  const { $schema: _, ...wire } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override({ jsonSchema }) {
      // What we read where nothing usable came is no default of the system's.
      delete jsonSchema.default;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return wire as WireSchema;
}

/** One field of a message, with the path to it: `items[].name`. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly about: string;
}

/** Every field under a schema, the outer before the inner. */
export function fieldsOf(schema: WireSchema, path = ""): readonly Field[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([own, field]) => {
    const name = `${path}${own}`;
    const about = field.description ?? "";
    const line = { name, type: typeOf(field), isRequired: required.has(own), about };
    return [line, ...fieldsOf(objectIn(field), `${name}.`), ...fieldsOf(itemsIn(field), `${name}[].`)];
  });
}

function objectIn(schema: WireSchema): WireSchema {
  return schema.properties ? schema : (schema.anyOf?.find(({ properties }) => properties) ?? {});
}

function itemsIn(schema: WireSchema): WireSchema {
  return schema.items ?? {};
}

/** A type in words: "integer or string". */
function typeOf(schema: WireSchema): string {
  const { type, anyOf, minimum, maximum, format } = schema;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(", ");
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(" or ");
  if (Array.isArray(type)) return type.join(" or ");
  if (minimum !== undefined && maximum !== undefined) return `${type}, ${minimum} to ${maximum}`;
  return format ? `${type} (${format})` : String(type ?? "any");
}
