// Text to data: one reader for JSON, EDN and S-expressions, with its own stack and hard bounds. It knows no symphony.
//
// Not a judge of JSON: in that dialect it takes colons for white space, and the caller asks JSON.parse whether the
// text is valid, which is safe once this reader has bounded its depth. What Clojure can write and no symphony does
// (tagged literals, sets, characters, quotes) is refused, never skipped.
import { type Atom, type Datum, shortened } from './datum.ts';
import { readStringLiteral } from './string-literal.ts';
import type { TextFault } from './text-fault.ts';

export type Dialect = 'json' | 'edn';

export type DatumReading = { readonly kind: 'read'; readonly datum: Datum } | TextFault;

/** Brackets nested deeper than this are refused: the deepest symphony seen has 288 forms, about 600 brackets. */
export const READING_DEPTH_MAX = 5_000;
/** Atoms and brackets; the largest symphony seen has about 400,000. */
export const TOKENS_MAX = 2_000_000;

interface Frame {
  readonly kind: 'list' | 'vector' | 'map';
  readonly close: string;
  readonly at: number;
  readonly items: Datum[];
  /** How many of the next items `#_` has thrown away. */
  discards: number;
}

const NUMBER = /^[+-]?(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?\d+)?[NM]?$/;
const OPENING: Readonly<Record<string, Pick<Frame, 'kind' | 'close'>>> = {
  '(': { kind: 'list', close: ')' },
  '[': { kind: 'vector', close: ']' },
  '{': { kind: 'map', close: '}' },
};

/** The one datum that the text is. */
export function readDatum(text: string, dialect: Dialect): DatumReading {
  const top: Frame = { kind: 'vector', close: '', at: 0, items: [], discards: 0 };
  const open: Frame[] = [top];
  let frame = top;
  let tokens = 0;
  let at = afterBlank(text, 0, dialect);
  while (at < text.length) {
    tokens += 1;
    if (tokens > TOKENS_MAX) return fault(at, `more than ${TOKENS_MAX} words and brackets`, `at most ${TOKENS_MAX}`);
    const char = text.charAt(at);
    const opening = OPENING[char];
    if (opening !== undefined) {
      if (open.length > READING_DEPTH_MAX)
        return fault(at, `nested deeper than ${READING_DEPTH_MAX} brackets`, `at most ${READING_DEPTH_MAX}`);
      frame = { kind: opening.kind, close: opening.close, at, items: [], discards: 0 };
      open.push(frame);
      at += 1;
    } else if (char === ')' || char === ']' || char === '}') {
      if (char !== frame.close)
        return fault(at, char, frame === top ? 'no bracket that nothing opened' : `${frame.close} for ${placeHint(text, frame)}`);
      const wrong = refuseClose(frame, at);
      if (wrong !== undefined) return wrong;
      const { kind, items } = frame;
      const closed: Datum = { kind, items, at: frame.at };
      open.pop();
      frame = open.at(-1) ?? top;
      keep(frame, closed);
      at += 1;
    } else if (char === '"') {
      const literal = readStringLiteral(text, at);
      if (literal.kind === 'unreadable') return literal;
      keep(frame, { kind: 'string', text: literal.text, at });
      at = literal.end;
    } else if (char === '#' && text.charAt(at + 1) === '_' && dialect === 'edn') {
      frame.discards += 1;
      at += 2;
    } else {
      const end = afterAtom(text, at, dialect);
      const atom = atomOf(text.slice(at, end), at, dialect);
      if (atom.kind === 'unreadable') return atom;
      keep(frame, atom);
      at = end;
    }
    at = afterBlank(text, at, dialect);
  }
  if (frame !== top) return fault(frame.at, `a ${text.charAt(frame.at)} that is never closed`, `${frame.close} somewhere after it`);
  const [datum, second] = top.items;
  if (datum === undefined) return fault(0, 'nothing', 'a symphony');
  if (second !== undefined) return fault(second.at, 'a second form', 'one symphony a file');
  return refuseClose(top, text.length) ?? { kind: 'read', datum };
}

function keep(frame: Frame, datum: Datum): void {
  if (frame.discards > 0) frame.discards -= 1;
  else frame.items.push(datum);
}

function refuseClose(frame: Frame, at: number): TextFault | undefined {
  if (frame.discards > 0) return fault(at, 'nothing after #_', 'the form that #_ leaves out');
  if (frame.kind === 'map' && frame.items.length % 2 !== 0)
    return fault(frame.at, 'a map with a key that has no value', 'keys and values in pairs');
  return undefined;
}

function atomOf(text: string, at: number, dialect: Dialect): Atom | TextFault {
  const first = text.charCodeAt(0);
  const isSigned = first === 0x2b || first === 0x2d;
  if (isDigit(first) || (isSigned && isDigit(text.charCodeAt(1)))) {
    if (!NUMBER.test(text)) return fault(at, shortened(text), 'a plain number, such as 10 or 0.05');
    return { kind: 'number', text: text.endsWith('N') || text.endsWith('M') ? text.slice(0, -1) : text, at };
  }
  if (first === 0x3a) {
    return text.length > 1 ? { kind: 'keyword', text: text.slice(1), at } : fault(at, ':', 'a keyword, such as :step');
  }
  if (text === 'true' || text === 'false') return { kind: 'boolean', text, at };
  if (text === (dialect === 'json' ? 'null' : 'nil')) return { kind: 'nil', text: '', at };
  if ("#'`~@^\\".includes(text.charAt(0))) return fault(at, shortened(text), 'plain data: no tags, sets, characters, quotes or metadata');
  return { kind: 'symbol', text, at };
}

function afterAtom(text: string, from: number, dialect: Dialect): number {
  let at = from + 1;
  while (at < text.length && !endsAtom(text.charCodeAt(at), dialect)) at += 1;
  return at;
}

function endsAtom(code: number, dialect: Dialect): boolean {
  if (code <= 0x20 || code === 0x2c || code === 0x22) return true;
  if (code === 0x28 || code === 0x29 || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d) return true;
  return dialect === 'json' ? code === 0x3a : code === 0x3b;
}

/** Where the next token begins: white space, commas, comments and, in JSON, colons mean nothing. */
function afterBlank(text: string, from: number, dialect: Dialect): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0x2c) continue;
    if (code === 0x3a && dialect === 'json') continue;
    if (code !== 0x3b || dialect === 'json') return at;
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end;
  }
  return at;
}

function placeHint(text: string, frame: Frame): string {
  return `the ${text.charAt(frame.at)} at character ${frame.at + 1}`;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function fault(at: number, value: string, expected: string): TextFault {
  return { kind: 'unreadable', at, value, expected };
}
