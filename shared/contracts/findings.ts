// What zod found, in the words of the person who wrote the file. Every schema's own message is the rest of the
// sentence "expected …"; this file only finds the value it speaks of and, in a choice, the branch that was meant.
import type * as z from 'zod';
import { indicatorNamed } from '../core/strategy/indicators/indicators.ts';
import { KEYS_SEPARATOR } from './mapping.ts';
import { nearestWord } from './nearest-word.ts';
import { type Finding, type PathStep, valueText } from './problem.ts';

type Issue = z.core.$ZodIssue;
type UnionIssue = Extract<Issue, { code: 'invalid_union' }>;

/** The findings of one failed parse of `root`, at most one a place. */
export function findingsOf(issues: readonly Issue[], root: unknown): Finding[] {
  const found = new Map<string, Finding>();
  for (const finding of issues.flatMap((issue) => findings(issue, [], root))) {
    const place = JSON.stringify([finding.path, finding.about]);
    if (!found.has(place)) found.set(place, finding);
  }
  return [...found.values()];
}

function findings(issue: Issue, parent: readonly PathStep[], root: unknown): Finding[] {
  const path = [...parent, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], issue.message.split(KEYS_SEPARATOR)));
  if (issue.code === 'invalid_key') {
    return [{ path, about: 'key', value: valueText(path.at(-1)), expected: issue.issues[0]?.message ?? 'another key' }];
  }
  if (issue.code === 'invalid_union') return choice(issue, path, root);
  const said = issue.code === 'custom' ? issue.params?.['value'] : undefined;
  return [{ path, about: 'value', value: typeof said === 'string' ? said : valueText(valueAt(root, path)), expected: issue.message }];
}

/** A failed choice is reported as its one branch that was clearly meant, and only else as a choice. */
function choice(issue: UnionIssue, path: readonly PathStep[], root: unknown): Finding[] {
  const value = valueAt(root, path);
  const branches = branchesOf(issue);
  const meant = branches.find((branch) => branch.length > 0 && branch.every((each) => isInside(each, value)));
  if (meant !== undefined) return meant.flatMap((each) => findings(each, path, root));
  const [key, second] = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  const known = branches.flat().flatMap((each) => (each.code === 'unrecognized_keys' ? each.message.split(KEYS_SEPARATOR) : []));
  if (key !== undefined && second === undefined && known.length > 0) return [unknownKey([...path, key], known)];
  return [{ path, about: 'value', value: valueText(value), expected: issue.message }];
}

/** The branches of a choice, those of a choice within it among them. */
function branchesOf(issue: UnionIssue): readonly (readonly Issue[])[] {
  return issue.errors.flatMap((branch) => {
    const [only, second] = branch;
    return only?.code === 'invalid_union' && second === undefined && only.path.length === 0 ? branchesOf(only) : [branch];
  });
}

/** True when the issue lies below a key or an index that the value has: the branch's own shape fits. */
function isInside(issue: Issue, value: unknown): boolean {
  const [step] = issue.path;
  return step !== undefined && typeof value === 'object' && value !== null && Object.hasOwn(value, step);
}

function unknownKey(path: readonly PathStep[], known: readonly string[]): Finding {
  const word = String(path.at(-1));
  // Else `sma` would be told of `wma`, which is spelled like it and is another average.
  const ours = indicatorNamed(word)?.name;
  if (ours !== undefined && known.includes(ours))
    return { path, about: 'key', value: 'unknown key', expected: `${ours}, as it is called here` };
  const nearest = nearestWord(word, known);
  const expected = known.length === 1 ? `no other key beside ${known[0]}` : `one of ${known.join(', ')}`;
  return { path, about: 'key', value: 'unknown key', expected: nearest === undefined ? expected : `${nearest}, the nearest known key` };
}

function valueAt(root: unknown, path: readonly PathStep[]): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
