// A string between double quotes, with the escapes that JSON and EDN share.
import type { TextFault } from './text-fault.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const HEX = /^[0-9a-fA-F]{4}$/;

export type StringLiteral = { readonly kind: 'string'; readonly text: string; readonly end: number } | TextFault;

/** Reads the literal whose opening quote is at `start`; `end` is the offset after its closing quote. */
export function readStringLiteral(text: string, start: number): StringLiteral {
  let read = '';
  let from = start + 1;
  for (;;) {
    const stop = nextStop(text, from);
    if (stop === text.length) return { kind: 'unreadable', at: start, value: 'a string that is never closed', expected: 'a closing "' };
    read += text.slice(from, stop);
    if (text.charAt(stop) === '"') return { kind: 'string', text: read, end: stop + 1 };
    const letter = text.charAt(stop + 1);
    const hex = text.slice(stop + 2, stop + 6);
    const char = letter === 'u' && HEX.test(hex) ? String.fromCharCode(Number.parseInt(hex, 16)) : ESCAPES[letter];
    if (char === undefined) {
      return { kind: 'unreadable', at: stop, value: `the escape \\${letter}`, expected: 'one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX' };
    }
    read += char;
    from = stop + (letter === 'u' ? 6 : 2);
  }
}

/** The next quote or backslash, or the end of the text. */
function nextStop(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22 || code === 0x5c) return at;
    at += 1;
  }
  return at;
}
