// Does every fold choose alike? A parameter that jumps from fold to fold follows noise.
import type { Candidate, ParameterValue } from './search.ts';

export interface ParameterStability {
  readonly parameter: string;
  /** As chosen, fold by fold. */
  readonly values: readonly ParameterValue[];
  /** The most frequent, of equals the first chosen, and the share of the folds that chose it. */
  readonly usual: ParameterValue;
  readonly usualShare: number;
  /** The share of the steps from one fold to the next in which it changed; 0 for a single fold. */
  readonly changed: number;
}

/** None where nothing was chosen. @param chosen fold by fold, all with the same parameters. */
export function parameterStability(chosen: readonly Candidate[]): readonly ParameterStability[] {
  return Object.keys(chosen[0] ?? {}).map((parameter) => {
    const values = chosen.map((candidate) => candidate[parameter] as ParameterValue);
    const counts = new Map<ParameterValue, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    const [usual, count] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most));
    const changes = values.filter((value, fold) => fold > 0 && value !== values[fold - 1]).length;
    return { parameter, values, usual, usualShare: count / values.length, changed: values.length < 2 ? 0 : changes / (values.length - 1) };
  });
}
