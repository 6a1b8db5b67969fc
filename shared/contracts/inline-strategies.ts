// Sleeves that name a strategy file (`strategy: { file: rotation.edn }`) get the strategy itself, so that what is
// checked, deployed and recorded is whole: a run next year does not depend on a file that somebody has changed.
import { inlineValues } from './inline-values.ts';
import type { Finding, Problem } from './problem.ts';
import { besideText, type ReadText } from './read-text.ts';
import { readAnyStrategy } from './strategy-file/read-strategy.ts';
import { strategyYaml } from './strategy-file/strategy-yaml.ts';
import { readYaml } from './yaml-text.ts';

export interface Inlined {
  /** The portfolio file's value with every named strategy, and every named file of values, in place. */
  readonly value: unknown;
  readonly hasChanged: boolean;
  readonly findings: readonly Finding[];
}

const PROBLEMS_SHOWN = 5;

/** Anything that is not of the right shape is left as it is: the schema says what is wrong with it. */
export function inlineStrategies(value: unknown, readText: ReadText): Inlined {
  const sleeves = isMapping(value) && isMapping(value.sleeves) ? value.sleeves : {};
  const findings: Finding[] = [];
  const inlined: Record<string, unknown> = {};
  for (const [name, sleeve] of Object.entries(sleeves)) {
    const file = isMapping(sleeve) ? fileNamed(sleeve.strategy) : undefined;
    if (!isMapping(sleeve) || file === undefined) continue;
    const path = ['sleeves', name, 'strategy', 'file'];
    const read = strategyIn(file, readText);
    if (sleeve.parts !== undefined)
      findings.push({ path: ['sleeves', name, 'parts'], about: 'key', value: 'parts beside a file', expected: 'parts in the file' });
    if (read.kind === 'refused') findings.push(...read.findings.map((finding): Finding => ({ path, about: 'value', ...finding })));
    else if (sleeve.options !== undefined && read.written.options !== undefined)
      findings.push({
        path: ['sleeves', name, 'options'],
        about: 'key',
        value: 'options beside a file that has its own',
        expected: 'options here, or in the file',
      });
    // When it is rebalanced, on what it decides and how it is protected is for the sleeve to say; where it does not, for the file.
    else inlined[name] = { ...read.usual, ...sleeve, ...read.written };
  }
  const hasStrategies = Object.keys(inlined).length > 0;
  const whole = hasStrategies && isMapping(value) ? { ...value, sleeves: { ...sleeves, ...inlined } } : value;
  const values = inlineValues(whole, [], readText);
  return { value: values.value, hasChanged: hasStrategies || values.hasChanged, findings: [...findings, ...values.findings] };
}

type Written =
  | {
      readonly kind: 'written';
      readonly written: { readonly strategy: unknown; readonly options?: unknown; readonly parts?: unknown };
      /** When the file's strategy is rebalanced, on which prices it decides, and its protective exits. */
      readonly usual: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'refused'; readonly findings: readonly Pick<Finding, 'value' | 'expected'>[] };

function strategyIn(file: string, readText: ReadText): Written {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    return {
      kind: 'refused',
      findings: [{ value: file, expected: `a strategy file that can be read (${error instanceof Error ? error.message : String(error)})` }],
    };
  }
  const read = readAnyStrategy(text, file, besideText(file, readText));
  if (read.kind === 'refused')
    return { kind: 'refused', findings: read.problems.slice(0, PROBLEMS_SHOWN).map((problem) => inFile(file, problem)) };
  // By our own reader, to which TRUE is a symbol and 0.0000001 is text: what is recorded reads back as the same.
  const written = readYaml(strategyYaml(read.strategy));
  if (written.kind !== 'read' || !isMapping(written.value)) throw new Error(`the strategy of ${file} cannot be read back`);
  const { tree, options, parts, rebalance, 'decide-on': decideOn, exits } = written.value;
  return {
    kind: 'written',
    written: { strategy: tree, ...(options === undefined ? {} : { options }), ...(parts === undefined ? {} : { parts }) },
    usual: { rebalance, ...(decideOn === undefined ? {} : { 'decide-on': decideOn }), ...(exits === undefined ? {} : { exits }) },
  };
}

function inFile(file: string, { path, line, value, expected }: Problem): Pick<Finding, 'value' | 'expected'> {
  const place = line === undefined ? file : `${file}:${line}`;
  return { value: `${place} ${path === '' ? '' : `${path}: `}${value}`, expected };
}

function fileNamed(strategy: unknown): string | undefined {
  if (!isMapping(strategy) || Object.keys(strategy).length !== 1) return undefined;
  return typeof strategy.file === 'string' ? strategy.file : undefined;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
