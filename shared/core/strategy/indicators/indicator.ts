// What every indicator must say of itself, so that one contract test and one evaluator can iterate over all of them.

/** `benchmark` is the close of another symbol on the same dates. */
export type ColumnName = 'high' | 'low' | 'close' | 'volume' | 'benchmark';

/** Columns of one length, a value a bar, oldest first; NaN where a bar is undefined. */
export type Columns<Name extends ColumnName = ColumnName> = { readonly [Key in Name]: Float64Array };

/**
 * What an output is counted in, and so how it answers when every price is multiplied by k, or raised by c:
 * `price` k-fold, by c · `price-change` k-fold, unmoved · `score` (of differences alone) unchanged by both ·
 * `percent` and `ratio` (of price levels or returns) unchanged by k, no law for c · `shares` unchanged · `dollars` k-fold.
 */
export type Unit = 'price' | 'price-change' | 'score' | 'percent' | 'ratio' | 'shares' | 'dollars';

/** `usual` is what an unnamed parameter is; of choices, the first. */
export type Parameter =
  | { readonly kind: 'count'; readonly least: number; readonly most: number; readonly usual: number }
  | { readonly kind: 'factor'; readonly above: number; readonly most: number; readonly usual: number }
  | { readonly kind: 'choice'; readonly choices: readonly string[] };

export type ParameterSet = Readonly<Record<string, Parameter>>;

/** Parameters as given: numbers for counts and factors, words for choices. */
export type Given = Readonly<Record<string, number | string>>;

type Values<Parameters extends ParameterSet> = {
  readonly [Name in keyof Parameters]: Parameters[Name] extends { readonly choices: readonly (infer Choice)[] } ? Choice : number;
};

export interface Output<In = Given> {
  readonly name: string;
  readonly unit: Unit;
  /** How many bars, the last one included, must be defined before this output is. */
  closesNeeded(values: In): number;
}

interface Definition<Name extends ColumnName, Parameters extends ParameterSet> {
  readonly name: string;
  readonly alsoKnownAs?: readonly string[];
  readonly inputs: readonly Name[];
  readonly parameters: Parameters;
  readonly outputs: readonly Output<Values<Parameters>>[];
  /** `whole-history`: the value depends on every bar since the last undefined one, so the anchor of the column matters. */
  readonly memory: 'window' | 'whole-history';
  compute(columns: Columns<Name>, values: Values<Parameters>): readonly Float64Array[];
}

export interface Indicator {
  readonly name: string;
  readonly alsoKnownAs: readonly string[];
  readonly inputs: readonly ColumnName[];
  readonly parameters: ParameterSet;
  readonly outputs: readonly Output[];
  readonly memory: 'window' | 'whole-history';
  /**
   * The outputs, in their order, each as long as the inputs.
   * @throws RangeError for a parameter that is unknown or out of range, a missing column, or columns of different lengths.
   */
  compute(columns: Partial<Columns>, given?: Given): readonly Float64Array[];
}

/** Whole numbers from 1, or from `least`; 10,000 sessions are forty years. */
export function count(usual: number, least = 1): Parameter & { readonly kind: 'count' } {
  return { kind: 'count', least, most: 10_000, usual };
}

export function factor(usual: number, most: number): Parameter & { readonly kind: 'factor' } {
  return { kind: 'factor', above: 0, most, usual };
}

export function choice<const Choice extends string>(...choices: readonly Choice[]): { kind: 'choice'; choices: readonly Choice[] } {
  return { kind: 'choice', choices };
}

/** An indicator from its definition: what it is given is checked and completed before its kernel sees it. */
export function indicator<const Name extends ColumnName, const Parameters extends ParameterSet>(
  definition: Definition<Name, Parameters>,
): Indicator {
  const { name, inputs, parameters, memory } = definition;
  // Checked one by one against the parameters that the type is made of.
  const valuesOf = (given: Given) => completed(name, parameters, given) as Values<Parameters>;
  return {
    name,
    alsoKnownAs: definition.alsoKnownAs ?? [],
    inputs,
    parameters,
    memory,
    outputs: definition.outputs.map(({ name: output, unit, closesNeeded }) => ({
      name: output,
      unit,
      closesNeeded: (given) => closesNeeded(valuesOf(given)),
    })),
    compute(columns, given = {}) {
      const lengths = inputs.map((input) => columns[input]?.length);
      if (lengths.some((length) => length === undefined || length !== lengths[0])) {
        throw new RangeError(`${name} needs ${inputs.join(', ')} of one length, got ${lengths.join(', ')} bars`);
      }
      return definition.compute(columns as Columns<Name>, valuesOf(given));
    },
  };
}

function completed(indicatorName: string, parameters: ParameterSet, given: Given): Given {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined) throw new RangeError(`${indicatorName} has no parameter ${unknown}`);
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => {
      const value = given[name] ?? (parameter.kind === 'choice' ? (parameter.choices[0] ?? '') : parameter.usual);
      if (!isInRange(parameter, value)) throw new RangeError(`${name} of ${indicatorName} is ${value}, expected ${rangeOf(parameter)}`);
      return [name, value];
    }),
  );
}

function isInRange(parameter: Parameter, value: number | string): boolean {
  if (parameter.kind === 'choice') return parameter.choices.some((choice) => choice === value);
  if (typeof value !== 'number') return false;
  if (parameter.kind === 'factor') return value > parameter.above && value <= parameter.most;
  return Number.isSafeInteger(value) && value >= parameter.least && value <= parameter.most;
}

function rangeOf(parameter: Parameter): string {
  if (parameter.kind === 'choice') return parameter.choices.join(' or ');
  if (parameter.kind === 'factor') return `a number above ${parameter.above} and at most ${parameter.most}`;
  return `a whole number from ${parameter.least} to ${parameter.most}`;
}
