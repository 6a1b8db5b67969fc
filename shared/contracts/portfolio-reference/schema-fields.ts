// The fields of a JSON Schema by their paths, as far as it is written out: what it refers to (the strategy language) is one
// value. It refuses to know what any of them mean.

export type JsonSchema = Record<string, unknown>;

export interface SchemaField {
  readonly path: string;
  readonly node: JsonSchema;
  readonly isRequired: boolean;
}

/** Parents before their keys. A name that the owner chooses is `*`, and no field by itself; `[]` is any of a list. */
export function schemaFields(schema: JsonSchema): readonly SchemaField[] {
  return below(schema, '');
}

function below(node: JsonSchema, prefix: string): SchemaField[] {
  const choices = Array.isArray(node.anyOf) ? node.anyOf.filter(isSchema) : [];
  return [node, ...choices].flatMap(({ properties, required, additionalProperties: named, items }) => {
    const needed: readonly unknown[] = Array.isArray(required) && choices.length === 0 ? required : [];
    const fields = Object.entries(isSchema(properties) ? properties : {}).flatMap(([key, value]) => {
      if (!isSchema(value) || isFileName(properties)) return [];
      const path = `${prefix}${key}`;
      return [{ path, node: value, isRequired: needed.includes(key) }, ...below(value, `${path}.`)];
    });
    const ofNames = isSchema(named) ? below(named, `${prefix}*.`) : [];
    return [...fields, ...ofNames, ...(isSchema(items) ? below(items, `${prefix.slice(0, -1)}[].`) : [])];
  });
}

/** `{ file: … }` may stand for a value: a way to write it, and no field of its own. */
function isFileName(properties: unknown): boolean {
  return isSchema(properties) && Object.keys(properties).join() === 'file';
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
