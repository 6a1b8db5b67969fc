// Values on their way to YAML text: on one line where they fit, in a block where they do not.

export interface YamlValue {
  /** The whole value on one line; undefined when it is too long for one. */
  readonly flow: string | undefined;
  readonly kind: 'scalar' | 'list' | 'map';
  /** A map's values with their keys; a list's with none. */
  readonly entries: readonly { readonly key: string; readonly value: YamlValue }[];
}

const LINE_MAX = 120;
/** Longer than this, one line is harder to read than several. */
const FLOW_MAX = 100;
/** Far in, a short mapping stays on its line all the same. */
const ROOM_MIN = 60;

export function scalar(text: string): YamlValue {
  return { flow: text, kind: 'scalar', entries: [] };
}

/** Text between quotes, whatever is in it. */
export function quoted(text: string): YamlValue {
  return scalar(JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped));
}

export function list(values: readonly YamlValue[]): YamlValue {
  const flow = oneLine(values.map((value) => value.flow));
  return { flow: flow === undefined ? undefined : `[${flow}]`, kind: 'list', entries: values.map((value) => ({ key: '', value })) };
}

export function map(entries: readonly (readonly [string, YamlValue])[]): YamlValue {
  const flow = oneLine(entries.map(([key, { flow: value }]) => (value === undefined ? undefined : `${key}: ${value}`)));
  return {
    flow: flow === undefined ? undefined : flow === '' ? '{}' : `{ ${flow} }`,
    kind: 'map',
    entries: entries.map(([key, value]) => ({ key, value })),
  };
}

/** A map that is never put on one line, however short. */
export function block(entries: readonly (readonly [string, YamlValue])[]): YamlValue {
  return { ...map(entries), flow: undefined };
}

/**
 * The lines of a value that is not a scalar, the first of them not indented.
 * @param room how many characters a line may have.
 */
export function blockLines(value: YamlValue, room = LINE_MAX): string[] {
  const lines: string[] = [];
  for (const { key, value: inner } of value.entries) {
    const head = value.kind === 'list' ? '-' : `${key}:`;
    if (inner.kind === 'scalar' || (inner.flow !== undefined && head.length + 1 + inner.flow.length <= room)) {
      lines.push(`${head} ${inner.flow ?? ''}`);
      continue;
    }
    const [first = '', ...rest] = blockLines(inner, Math.max(room - 2, ROOM_MIN));
    if (value.kind === 'list') lines.push(`- ${first}`);
    else lines.push(head, `  ${first}`);
    for (const line of rest) lines.push(`  ${line}`);
  }
  return lines;
}

function oneLine(parts: readonly (string | undefined)[]): string | undefined {
  let length = 0;
  for (const part of parts) {
    if (part === undefined) return undefined;
    length += part.length + 2;
    if (length > FLOW_MAX) return undefined;
  }
  return parts.join(', ');
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
