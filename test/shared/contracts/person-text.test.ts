// Names and reasons are read by persons: what looks like nothing is none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOneLine, isReadable } from '../../../shared/contracts/person-text.ts';

/** Each of them is drawn as nothing: fillers of Hangul, a braille pattern without dots, joiners, spaces, a selector of glyphs. */
const BLANK = ['\u3164', '\u115F', '\u1160', '\uFFA0', '\u2800', '\u200B', '\u00AD', '\u00A0', '\uFE0F', ' ', '\n'];

describe('what a person wrote', () => {
  it.each(['anna', 'Ännchen 2', '안나', 'あんな', '7', 'e\u0301'])('is readable: %s', (text) => {
    expect([isReadable(text), isOneLine(text)]).toEqual([true, true]);
  });

  it('is not readable where nothing of it is seen, however long', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...BLANK, '.', '…'), { maxLength: 20 }), (signs) => {
        expect(isReadable(signs.join(''))).toBe(false);
      }),
    );
  });

  it('hides nothing between its letters, and is one line', () => {
    for (const hidden of ['\u3164', '\u115F', '\uFE0F', '\u200B', '\u202E', '\u001B', '\n', '\u2028'])
      expect(isOneLine(`an${hidden}na`)).toBe(false);
  });
});
