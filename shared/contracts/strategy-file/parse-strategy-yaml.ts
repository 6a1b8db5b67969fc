// A strategy file: text in, strategy out, or every problem at once with its place. It refuses to know files and prices.
//
//   strategy: Regime rotation                     its name
//   description: …                                optional
//   rebalance: { every: day }                     day, week, month, quarter or year; { corridor: 5% }; none
//   decide-on: live-quote                        optional: live-quote or last-close
//   exits: { stop-loss: 8% }                     optional: see exits-schema.ts
//   options: { filter: spliced }                 optional: see options-schema.ts
//   parts: { growth: <tree>, … }                  optional: subtrees used more than once, or too deep to read in place
//   tree: <tree>                                  see tree-schema.ts, condition-schema.ts and metric-schema.ts
import * as z from 'zod';
import type { StrategyFile, Tree } from '../../core/strategy/tree.ts';
import { findingsOf } from '../findings.ts';
import { inlineValues } from '../inline-values.ts';
import { mapping } from '../mapping.ts';
import { name } from '../name.ts';
import { type Finding, type Problem, pathText } from '../problem.ts';
import { noOtherFile, type ReadText } from '../read-text.ts';
import { readYaml } from '../yaml-text.ts';
import { exitRules } from './exits-schema.ts';
import { strategyOptions } from './options-schema.ts';
import { putTogether } from './put-together.ts';
import { decideOn, rebalanceRule } from './rebalance-schema.ts';
import { tree } from './tree-schema.ts';

export type StrategyReading =
  | { readonly kind: 'strategy'; readonly strategy: StrategyFile }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** The largest known symphony, written as YAML with its parts, is well below; reading a hostile text takes seconds a megabyte. */
export const STRATEGY_FILE_CHARACTERS_MAX = 2 * 1_048_576;

const strategySchema = mapping({
  strategy: z.string({ error: 'the name of the strategy' }).min(1, { error: 'the name of the strategy' }),
  description: z.string({ error: 'a text' }).optional(),
  rebalance: rebalanceRule,
  'decide-on': decideOn.optional(),
  exits: exitRules.optional(),
  options: strategyOptions,
  parts: z.record(name, tree, { error: 'a mapping of names to strategies' }).prefault({}),
  tree,
});

/**
 * Reads a strategy file. Never throws: a text that is not one is refused with at least one problem.
 * A part used twice is the same object twice in the tree.
 * @param fileName only for the problems; nothing is opened.
 * @param readText how the files that it names are read.
 */
export function parseStrategyYaml(text: string, fileName: string, readText: ReadText = noOtherFile): StrategyReading {
  if (text.length > STRATEGY_FILE_CHARACTERS_MAX) {
    const expected = `at most ${STRATEGY_FILE_CHARACTERS_MAX}`;
    return { kind: 'refused', problems: [{ file: fileName, path: '', value: `${text.length} characters`, expected }] };
  }
  const reading = readYaml(text);
  const problem = ({ path, value, expected }: Finding, place: object): Problem => ({
    file: fileName,
    path: pathText(path),
    ...place,
    value,
    expected,
  });
  if (reading.kind === 'unreadable')
    return { kind: 'refused', problems: reading.faults.map(({ finding, place }) => problem(finding, place)) };
  const refused = (findings: readonly Finding[]): StrategyReading => ({
    kind: 'refused',
    problems: findings.map((finding) => problem(finding, reading.placeOf(finding))),
  });
  const { value, findings } = inlineValues(reading.value, [], readText);
  if (findings.length > 0) return refused(findings);
  const fields = strategySchema.safeParse(value);
  if (!fields.success) return refused(findingsOf(fields.error.issues, value));
  const whole = putTogether(fields.data.tree, new Map(Object.entries(fields.data.parts)));
  return whole.kind === 'refused' ? refused([whole.finding]) : { kind: 'strategy', strategy: strategyOf(fields.data, whole.tree) };
}

function strategyOf(fields: z.output<typeof strategySchema>, whole: Tree): StrategyFile {
  return {
    name: fields.strategy,
    ...(fields.description === undefined ? {} : { description: fields.description }),
    rebalance: fields.rebalance,
    ...(fields['decide-on'] === undefined ? {} : { decideOn: fields['decide-on'] }),
    ...(fields.exits === undefined ? {} : { exits: fields.exits }),
    options: fields.options,
    tree: whole,
  };
}
