// The audit chain by itself: whatever is done to it without the key is found.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../shared/contracts/audit-chain.ts';
import { auditHeadText, headOf, parseAuditHead } from '../../../shared/contracts/audit-head.ts';
import { decodeLink, encodeLink, type SealedLink, type StoredLink, sealLink } from '../../../shared/contracts/audit-link.ts';
import { AUDIT_KEY } from '../../builders/audit.ts';

const OTHER_KEY = 'o'.repeat(32);
const KEYRING = { key: AUDIT_KEY, retired: [] };

function chainOf(length: number, { key = AUDIT_KEY, portfolio = 'balanced', record = 'ab' } = {}): readonly SealedLink[] {
  const links: SealedLink[] = [];
  for (let day = 1; day <= length; day += 1) {
    const runId = `${portfolio}/2026-11-${String(day).padStart(2, '0')}/daily`;
    links.push(
      sealLink(links.at(-1), { portfolio, runId, record: record.repeat(32), ledger: day === 1 ? undefined : 'cd'.repeat(32) }, key),
    );
  }
  return links;
}

function storedOf(links: readonly SealedLink[]): readonly StoredLink[] {
  return links.map((sealed, place) => ({ position: place + 1, text: encodeLink(sealed) }));
}

/** "kind link n" of each finding. */
function findingsOf(
  stored: readonly StoredLink[],
  anchor?: SealedLink,
  keyring: Parameters<typeof verifyChain>[2] = KEYRING,
): readonly string[] {
  const head = anchor === undefined ? undefined : headOf(anchor);
  return verifyChain('balanced', stored, keyring, head).findings.map(({ kind, what }) => `${kind} ${what}`);
}

describe('an audit chain', () => {
  const links = chainOf(4);
  const stored = storedOf(links);
  const [first, second, third, fourth] = stored as readonly [StoredLink, StoredLink, StoredLink, StoredLink];
  const newest = links[3] as SealedLink;

  it('is whole as it was written, and empty', () => {
    expect(findingsOf(stored)).toEqual([]);
    expect(findingsOf(stored, newest)).toEqual([]);
    expect(findingsOf(stored, links[1])).toEqual([]);
    expect(findingsOf([])).toEqual([]);
  });

  it('shows a link that was edited', () => {
    const text = second.text.replace('2026-11-02', '2026-11-09');
    expect(findingsOf([first, { ...second, text }, third, fourth])).toEqual(['edited link 2']);
    expect(findingsOf([first, { ...second, text: 'nothing' }, third, fourth])).toEqual(['edited link 2']);
    expect(findingsOf([first, { ...second, text: ` ${second.text}` }, third, fourth])).toEqual(['edited link 2']);
  });

  it('shows all but a false seal where nobody holds the key', () => {
    const withoutKey = (chain: readonly StoredLink[]): readonly string[] =>
      verifyChain('balanced', chain, undefined).findings.map(({ kind, what }) => `${kind} ${what}`);
    expect(withoutKey(stored)).toEqual([]);
    expect(withoutKey([first, { ...second, text: 'nothing' }, third, fourth])).toEqual(['edited link 2']);
    expect(withoutKey([first, third, fourth])).toEqual(['missing link 2']);
    expect(withoutKey([first, { ...second, text: third.text }, { ...third, text: second.text }, fourth])).toContain('reordered link 2');
    const other = storedOf(chainOf(4)).map(({ position, text }) => ({ position, text: text.replace('2026-11-02', '2026-11-09') }));
    expect(withoutKey(other)).toEqual([]);
  });

  it('shows links that were taken out', () => {
    expect(findingsOf([first, third, fourth])).toEqual(['missing link 2']);
    expect(findingsOf([fourth])).toEqual(['missing links 1 to 3']);
  });

  it('shows links that changed places', () => {
    const swapped = [first, { ...second, text: third.text }, { ...third, text: second.text }, fourth];
    expect(findingsOf(swapped)).toEqual([
      'reordered link 2',
      'rewritten link 2',
      'reordered link 3',
      'rewritten link 3',
      'rewritten link 4',
    ]);
    expect(findingsOf([first, { position: 2, text: third.text }, { position: 3, text: fourth.text }])).toContain('reordered link 2');
    expect(findingsOf([first, { position: Number.NaN, text: second.text }])).toContain('reordered link NaN');
  });

  it('shows a link of another portfolio', () => {
    const [theirs] = storedOf(chainOf(1, { portfolio: 'cautious' })) as readonly [StoredLink];
    expect(findingsOf([theirs])).toEqual(['reordered link 1']);
  });

  it('shows by a head alone what was cut off its end', () => {
    expect(findingsOf([first, second])).toEqual([]);
    expect(findingsOf([first, second], newest)).toEqual(['truncated link 4']);
    expect(findingsOf([], newest)).toEqual(['truncated link 4']);
  });

  it('shows a whole chain that was written anew without the key', () => {
    expect(findingsOf(storedOf(chainOf(4, { key: OTHER_KEY, record: 'ef' })))).toEqual([
      'rewritten link 1',
      'rewritten link 2',
      'rewritten link 3',
      'rewritten link 4',
    ]);
  });

  it('shows by a head one that was written anew with the key', () => {
    const forged = storedOf(chainOf(6, { record: 'ef' }));
    expect(findingsOf(forged)).toEqual([]);
    expect(findingsOf(forged, newest)).toEqual(['rewritten link 4']);
  });

  it('shows an end that was written anew with the key after a beginning that was not', () => {
    const [, , thirdAnew] = storedOf(chainOf(3, { record: 'ef' })) as readonly [StoredLink, StoredLink, StoredLink];
    expect(findingsOf([first, second, thirdAnew])).toEqual(['rewritten link 3']);
  });

  it('is whole across a change of the key, while the old one is kept', () => {
    const [one, two] = chainOf(2) as readonly [SealedLink, SealedLink];
    const next = { portfolio: 'balanced', runId: 'balanced/2026-11-03/daily', record: 'ab'.repeat(32), ledger: undefined };
    const changed = storedOf([one, two, sealLink(two, next, OTHER_KEY)]);
    expect(findingsOf(changed, undefined, { key: OTHER_KEY, retired: [AUDIT_KEY] })).toEqual([]);
    expect(findingsOf(changed, undefined, { key: OTHER_KEY, retired: [] })).toEqual(['rewritten link 1', 'rewritten link 2']);
  });

  it('never lets the key be read from a link', () => {
    for (const { text } of stored) expect(text).not.toContain(AUDIT_KEY);
  });
});

describe('whatever is done to a chain by who has no key', () => {
  const length = 5;
  const stored = storedOf(chainOf(length));
  const newest = chainOf(length).at(-1);

  it('is found: any one character, any link taken out, any two exchanged', () => {
    fc.assert(
      fc.property(
        fc.nat(length - 1),
        fc.nat(),
        fc.constantFrom(...'0123456789abcdefx"}'),
        fc.nat(length - 1),
        fc.constantFrom('character', 'out', 'exchange'),
        (place, at, character, other, how) => {
          const there = stored[place] as StoredLink;
          const index = at % there.text.length;
          const changed = `${there.text.slice(0, index)}${character}${there.text.slice(index + 1)}`;
          fc.pre(how === 'character' ? changed !== there.text : how === 'out' || place !== other);
          const after = stored.flatMap((each, position): StoredLink[] => {
            if (how === 'character') return [position === place ? { ...each, text: changed } : each];
            if (how === 'out') return position === place ? [] : [each];
            const from = position === place ? other : position === other ? place : position;
            return [{ ...each, text: (stored[from] as StoredLink).text }];
          });
          expect(findingsOf(after, newest)).not.toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a head', () => {
  const [link] = chainOf(1) as readonly [SealedLink];

  it('comes back from its text, and from nothing else', () => {
    const text = auditHeadText(headOf(link));
    expect(text).toBe(`1.${link.mac}`);
    expect(parseAuditHead(` ${text}\n`)).toEqual({ sequence: 1, mac: link.mac });
    for (const bad of ['', '1', `0.${link.mac}`, `1.${link.mac}0`, `1.${link.mac.toUpperCase()}x`, `-${text}`, `01.${link.mac}`])
      expect(parseAuditHead(bad)).toBeUndefined();
  });
});

describe('a link', () => {
  it('comes back from its text', () => {
    for (const link of chainOf(2)) expect(decodeLink(encodeLink(link))).toEqual(link);
  });

  it('says what its sealed text is, for ever', () => {
    const [link] = chainOf(1, { key: 'a key of thirty-two characters !' }) as readonly [SealedLink];
    // HMAC-SHA256 of the canonical link, computed once with OpenSSL.
    expect(link).toEqual({
      link: { key: KEY_NAME, portfolio: 'balanced', record: 'ab'.repeat(32), runId: 'balanced/2026-11-01/daily', sequence: 1 },
      mac: MAC,
    });
  });
});

const KEY_NAME = '935e9e91';
const MAC = 'f258864cdf5d895e9df0864b6f15a76a4d09859b493b281300fdab960314fd90';
