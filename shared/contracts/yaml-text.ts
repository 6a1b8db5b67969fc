// YAML text to plain values, with the line and column of each. It knows nothing of portfolios.
//
// The file means what is written where it stands: no anchors, tags, directives or merge keys, one document. Plain
// words stay the text they are, so that the symbols ON, NO and TRUE are symbols: only `true`, `false`, `null`, `~`
// and plain integers are something else. `1e3` and `0x10` are text, and the schema refuses them as written.
import { Composer, type CST, isAlias, isMap, isScalar, isSeq, LineCounter, Parser, Scalar, visit } from 'yaml';
import type { Finding, PathStep } from './problem.ts';

export interface Place {
  readonly line: number;
  readonly column: number;
}

export type YamlReading =
  | { readonly kind: 'read'; readonly value: unknown; readonly placeOf: (finding: Finding) => Place }
  | { readonly kind: 'unreadable'; readonly faults: readonly { readonly finding: Finding; readonly place: Place }[] };

/** Nested deeper than this, the text is refused before anything recurses into it. */
const DEPTH_MAX = 256;
/** Beyond this many, faults of the text itself are consequences of the first ones. */
const FAULTS_MAX = 100;
const INTEGER = /^-?(?:0|[1-9]\d{0,14})$/;

/** Reads one YAML document; every fault of the text is found, up to a hundred. */
export function readYaml(text: string): YamlReading {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const faults: { finding: Finding; place: Place }[] = [];
  const refuse: Refuse = (offset, value, expected, path = []) => {
    if (faults.length < FAULTS_MAX) faults.push({ finding: { path, about: 'value', value, expected }, place: placeAt(offset) });
  };

  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  for (const token of tokens) {
    if (token.type === 'directive') refuse(token.offset, token.source, 'no directive lines');
    const deep = tooDeep(token);
    if (deep !== undefined) refuse(deep, `nested deeper than ${DEPTH_MAX} levels`, `at most ${DEPTH_MAX} levels`);
  }
  if (faults.length > 0) return { kind: 'unreadable', faults };

  // Our own duplicate check below is linear; the parser's compares every pair of keys.
  const documents = [
    ...new Composer({ schema: 'failsafe', uniqueKeys: false, keepSourceTokens: false }).compose(tokens, true, text.length),
  ];
  const [document, second] = documents;
  if (second !== undefined) refuse(second.range[0], 'a second document', 'one document a file');
  for (const error of documents.flatMap((each) => each.errors)) refuse(error.pos[0], shorten(error.message), 'valid YAML');
  if (document === undefined || faults.length > 0) return { kind: 'unreadable', faults };

  visit(document, {
    Node: (_, node) => {
      const offset = node.range?.[0] ?? 0;
      if (isAlias(node)) refuse(offset, `the alias *${node.source}`, 'the value itself, written out');
      else if (node.anchor !== undefined) refuse(offset, `the anchor &${node.anchor}`, 'no anchors');
      if (node.tag !== undefined) refuse(offset, `the tag ${node.tag}`, 'no tags');
    },
  });
  const value = faults.length > 0 ? undefined : plainValue(document.contents, [], refuse);
  if (faults.length > 0) return { kind: 'unreadable', faults };
  return { kind: 'read', value, placeOf: ({ path, about }) => placeAt(offsetOf(document.contents, path, about)) };
}

/** The parser quotes what it stumbled over, however long. */
function shorten(message: string): string {
  const [line = ''] = message.split('\n');
  return line.length <= 120 ? line : `${line.slice(0, 117)}...`;
}

type Refuse = (offset: number, value: string, expected: string, path?: readonly PathStep[]) => void;

function plainValue(node: unknown, path: readonly PathStep[], refuse: Refuse): unknown {
  if (isScalar(node)) return scalarValue(node);
  if (isSeq(node)) return node.items.map((item, index) => plainValue(item, [...path, index], refuse));
  if (!isMap(node)) return null;
  // Without a prototype, a key named "constructor" is a key like any other.
  const value: Record<string, unknown> = Object.create(null);
  for (const { key, value: child } of node.items) {
    const name = isScalar(key) ? String(key.value ?? '') : undefined;
    const offset = rangeStart(key) ?? rangeStart(node) ?? 0;
    if (name === undefined) refuse(offset, 'a key that is a list or a mapping', 'a plain key', path);
    else if (name === '__proto__') refuse(offset, 'unknown key', 'another key', [...path, name]);
    else if (Object.hasOwn(value, name)) refuse(offset, 'the same key twice', 'each key once', [...path, name]);
    else value[name] = plainValue(child, [...path, name], refuse);
  }
  return value;
}

function scalarValue(scalar: Scalar): unknown {
  const text = String(scalar.value ?? '');
  if (scalar.type !== undefined && scalar.type !== Scalar.PLAIN) return text;
  if (text === '' || text === '~' || text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  return INTEGER.test(text) ? Number(text) : text;
}

/** Where the path's value (or its key) begins; as far down as the path leads. */
function offsetOf(root: unknown, path: readonly PathStep[], about: 'key' | 'value'): number {
  let node = root;
  let offset = rangeStart(root) ?? 0;
  for (const [index, step] of path.entries()) {
    if (isSeq(node) && typeof step === 'number') node = node.items[step];
    else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value ?? '') === step);
      if (pair === undefined) return offset;
      const keyOffset = rangeStart(pair.key) ?? offset;
      if (index === path.length - 1 && about === 'key') return keyOffset;
      node = pair.value;
      offset = keyOffset;
      if (isScalar(node) && node.value === '') return offset;
    } else return offset;
    offset = rangeStart(node) ?? offset;
  }
  return offset;
}

function rangeStart(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined;
}

/** The offset at which a token nests too deep. Walks with its own stack: the native one is what it protects. */
function tooDeep(root: CST.Token): number | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > DEPTH_MAX) return token.offset;
    if (token.type === 'document' && token.value !== undefined) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) open.push({ token: key, depth: depth + 1 });
      if (value) open.push({ token: value, depth: depth + 1 });
    }
  }
  return undefined;
}
