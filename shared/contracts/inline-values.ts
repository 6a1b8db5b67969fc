// Ready-made strategies that name a file of values (`values: { file: values.csv }`) get the values themselves, so that
// what is checked, deployed and recorded is whole.
import { READY_MADES } from '../core/strategy/ready-made/ready-mades.ts';
import type { Finding, PathStep } from './problem.ts';
import type { ReadText } from './read-text.ts';
import { readValuesFile, type ValuesText } from './strategy-file/values-file.ts';

export interface InlinedValues {
  readonly value: unknown;
  readonly hasChanged: boolean;
  readonly findings: readonly Finding[];
}

const FLAWS_SHOWN = 5;

const FILED = new Map(
  READY_MADES.map(({ name, parameters }) => [
    name,
    Object.entries(parameters).flatMap(([key, parameter]) => (parameter.kind === 'dated-values' ? [key] : [])),
  ]),
);

/**
 * Anything else is left as it is: the schema says what is wrong with it.
 * @param value as the YAML reader gives it, which bounds how deep it nests.
 * @param path where it stands in the file, for the findings.
 */
export function inlineValues(value: unknown, path: readonly PathStep[], readText: ReadText): InlinedValues {
  const findings: Finding[] = [];
  const inlined = replaced(value, path, (file, at) => {
    const read = valuesIn(file, readText);
    if (read.kind === 'values') return read.values;
    findings.push(...read.findings.map((finding): Finding => ({ path: at, about: 'value', ...finding })));
    return undefined;
  });
  return { value: inlined, hasChanged: inlined !== value, findings };
}

type ValuesOf = (file: string, at: readonly PathStep[]) => ValuesText | undefined;

/** The same object where nothing below it is replaced. */
function replaced(value: unknown, path: readonly PathStep[], valuesOf: ValuesOf): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => replaced(item, [...path, index], valuesOf));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isMapping(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => {
    const keys = FILED.get(key) ?? [];
    const below = keys.length > 0 && isMapping(each) ? withValues(each, keys, [...path, key], valuesOf) : each;
    return [key, replaced(below, [...path, key], valuesOf)] as const;
  });
  return entries.some(([key, each]) => each !== value[key]) ? Object.fromEntries(entries) : value;
}

function withValues(
  given: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  path: readonly PathStep[],
  valuesOf: ValuesOf,
): Readonly<Record<string, unknown>> {
  const read = keys.flatMap((key) => {
    const file = fileNamed(given[key]);
    const values = file === undefined ? undefined : valuesOf(file, [...path, key, 'file']);
    return values === undefined ? [] : [[key, values] as const];
  });
  return read.length === 0 ? given : { ...given, ...Object.fromEntries(read) };
}

type ValuesIn =
  | { readonly kind: 'values'; readonly values: ValuesText }
  | { readonly kind: 'refused'; readonly findings: readonly Pick<Finding, 'value' | 'expected'>[] };

function valuesIn(file: string, readText: ReadText): ValuesIn {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'refused', findings: [{ value: file, expected: `a file of values that can be read (${why})` }] };
  }
  const read = readValuesFile(text);
  if (read.kind === 'values') return read;
  const shown = read.flaws.slice(0, FLAWS_SHOWN);
  return { kind: 'refused', findings: shown.map(({ line, value, expected }) => ({ value: `${file}:${line} ${value}`, expected })) };
}

function fileNamed(value: unknown): string | undefined {
  if (!isMapping(value) || Object.keys(value).length !== 1) return undefined;
  return typeof value.file === 'string' ? value.file : undefined;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
