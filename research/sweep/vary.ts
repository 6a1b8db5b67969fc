// The variants of a sweep: every combination of the values that its owner named, each put into the same file at its place. It
// refuses to know what the file means.
import { parse, parseDocument } from 'yaml';

/** `path`: keys and places of a YAML text, such as `tree.filter.top` or `tree.specified.0`. */
export interface Vary {
  readonly path: string;
  /** YAML scalars, as they would stand in the file. */
  readonly values: readonly string[];
}

export interface Variant {
  /** From 0, in the order of the combinations; the last path turns fastest. */
  readonly place: number;
  /** By path. */
  readonly values: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface VaryFlaw {
  readonly path: string;
  readonly value: string;
  readonly expected: string;
}

/** More than a person means, and than a night reckons. */
export const VARIANTS_MAX = 1_000_000;

/** @returns what is wrong with them, or a function that makes one variant; the text is read once. */
export function variantsOf(
  text: string,
  varies: readonly Vary[],
):
  | { readonly kind: 'refused'; readonly flaws: readonly VaryFlaw[] }
  | { readonly kind: 'variants'; readonly count: number; readonly variant: (place: number) => Variant } {
  const document = parseDocument(text);
  const flaws: VaryFlaw[] = varies.flatMap(({ path, values }, at): VaryFlaw[] => {
    const found = document.getIn(keysOf(path));
    const isRepeated = varies.findIndex((each) => each.path === path) < at;
    if (isRepeated) return [{ path, value: values.join(','), expected: 'each path once' }];
    if (found === undefined || typeof found === 'object')
      return [{ path, value: values.join(','), expected: 'the path of a value that stands in the file' }];
    const seen = new Set<unknown>();
    const bad = values.find((value) => {
      // 20 and 20.0 are the same variant.
      const meant: unknown = value === '' || !isScalar(value) ? undefined : parse(value);
      if (meant === undefined || seen.has(meant)) return true;
      seen.add(meant);
      return false;
    });
    return bad === undefined && values.length > 0 ? [] : [{ path, value: bad ?? '', expected: 'values such as 1,2,3, each once' }];
  });
  const count = varies.reduce((all, { values }) => all * values.length, 1);
  if (count > VARIANTS_MAX) flaws.push({ path: '', value: `${count} variants`, expected: `at most ${VARIANTS_MAX}` });
  if (flaws.length > 0) return { kind: 'refused', flaws };
  const variant = (place: number): Variant => {
    const made = document.clone();
    const values: Record<string, string> = {};
    let rest = place;
    for (const vary of varies.toReversed()) {
      const value = vary.values[rest % vary.values.length] as string;
      rest = Math.floor(rest / vary.values.length);
      made.setIn(keysOf(vary.path), parse(value));
      values[vary.path] = value;
    }
    return { place, values: Object.fromEntries(varies.map(({ path }) => [path, values[path] as string])), text: made.toString() };
  };
  return { kind: 'variants', count, variant };
}

/** As the parts of a YAML text are asked for. */
export function keysOf(path: string): (string | number)[] {
  return path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

function isScalar(value: string): boolean {
  const document = parseDocument(value);
  return document.errors.length === 0 && typeof document.toJS() !== 'object';
}
