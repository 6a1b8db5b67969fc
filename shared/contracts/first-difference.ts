// Where two documents first differ, in the order in which the canonical text has their members.

export interface Difference {
  /** "plan.trades[0].quantity"; '' for the whole. */
  readonly path: string;
  /** undefined where only the other has it. */
  readonly recorded: unknown;
  readonly replayed: unknown;
}

/** undefined when they say the same. Both as JSON gives them. */
export function firstDifference(recorded: unknown, replayed: unknown, path = ''): Difference | undefined {
  if (Array.isArray(recorded) && Array.isArray(replayed)) {
    const places = Array.from({ length: Math.max(recorded.length, replayed.length) }, (_, place) => place);
    return firstOf(places, (place) => firstDifference(recorded[place], replayed[place], `${path}[${place}]`));
  }
  if (isObject(recorded) && isObject(replayed)) {
    const names = [...new Set([...Object.keys(recorded), ...Object.keys(replayed)])].sort();
    return firstOf(names, (name) => firstDifference(recorded[name], replayed[name], path === '' ? name : `${path}.${name}`));
  }
  return recorded === replayed ? undefined : { path, recorded, replayed };
}

function firstOf<Item>(items: readonly Item[], differ: (item: Item) => Difference | undefined): Difference | undefined {
  for (const item of items) {
    const found = differ(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
