// The values of a sweep with those that stand in the file among them: what its owner chose, and what stands beside it.
import { parse, parseDocument, stringify } from 'yaml';
import { keysOf, type Vary } from './vary.ts';

export interface VaryAroundOwn extends Vary {
  /** The one of the values that stands in the file. */
  readonly own: string;
}

const FIGURE = /^-?\d+(?:\.\d+)?%?$/;

/**
 * Figures and percentages in their order, so that the next value is the next larger; words as they were given, the file's own
 * first where it was not among them. @param varies paths that stand in the file.
 */
export function aroundOwn(text: string, varies: readonly Vary[]): readonly VaryAroundOwn[] {
  const document = parseDocument(text);
  return varies.map(({ path, values }) => {
    const written: unknown = document.getIn(keysOf(path));
    const given = values.find((value) => parse(value) === written);
    const own = given ?? stringify(written).trim();
    const all = given === undefined ? [own, ...values] : [...values];
    if (all.every((value) => FIGURE.test(value))) all.sort((a, b) => Number.parseFloat(a) - Number.parseFloat(b));
    return { path, values: all, own };
  });
}
