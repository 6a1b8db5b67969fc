// A verdict counts as its owner signed it, and in no other way.
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../shared/contracts/canonical-json.ts';
import { readSigned, signDocument } from '../../../../shared/contracts/hypothesis/signed-document.ts';
import { newSigningKey, publicKeyOf } from '../../../../shared/contracts/hypothesis/signing-keys.ts';
import { VERDICT, type VerdictDocument } from '../../../../shared/contracts/hypothesis/verdict-document.ts';
import { aVerdict } from '../../../builders/verdicts.ts';

const readVerdict = (text: string, keys: readonly string[]) => readSigned(VERDICT, text, keys);
const signVerdict = (document: VerdictDocument, privatePem: string) => signDocument(VERDICT, document, privatePem);
const owner = newSigningKey();
const other = newSigningKey();
const text = signVerdict(aVerdict(), owner.privatePem);
const keys = [owner.publicKey];

describe('a signed verdict', () => {
  it('reads back as it was signed, and has one spelling', () => {
    expect(readVerdict(text, keys)).toEqual({ kind: 'signed', document: aVerdict(), key: owner.publicKey });
    expect(signVerdict(aVerdict(), owner.privatePem)).toBe(text);
    expect(publicKeyOf(owner.privatePem)).toBe(owner.publicKey);
  });

  it('of before costs and warnings were told has neither, and of now has both', () => {
    const before = readVerdict(text, keys);
    if (before.kind === 'refused') throw new Error(before.code);
    expect(Object.keys(before.document)).toEqual(expect.not.arrayContaining(['costs', 'warnings']));
    expect(signVerdict(before.document, owner.privatePem)).toBe(text);
    const now = aVerdict({
      costs: { 'half-spread-bps': 2, 'commission-bps': 0, 'borrow-bps': 50, impact: 1, fees: 'dated' },
      warnings: [{ code: 'no-volumes', detail: 'no impact is counted where volumes are not known: SPY' }],
    });
    expect(readVerdict(signVerdict(now, owner.privatePem), keys)).toMatchObject({ kind: 'signed', document: now });
  });

  it('is refused when anything in it was edited: the word, a figure, the strategy, the name', () => {
    const edits: readonly [string, string][] = [
      ['"verdict":"KILL"', '"verdict":"SCALE"'],
      ['"netExcess":-0.02', '"netExcess":0.02'],
      ['b'.repeat(64), '0'.repeat(64)],
      ['"by":"anna"', '"by":"anne"'],
      ['"head":"f', '"head":"e'],
    ];
    for (const [from, to] of edits) {
      const edited = text.replace(from, to);
      expect(edited).not.toBe(text);
      expect(readVerdict(edited, keys)).toEqual({ kind: 'refused', code: 'bad-signature' });
    }
  });

  it('is refused when somebody else signed it, under his key and under ours', () => {
    const foreign = signVerdict(aVerdict({ verdict: 'SCALE' }), other.privatePem);
    expect(readVerdict(foreign, keys)).toEqual({ kind: 'refused', code: 'unknown-key' });
    expect(readVerdict(foreign.replace(other.publicKey, owner.publicKey), keys)).toEqual({ kind: 'refused', code: 'bad-signature' });
    expect(readVerdict(text, [])).toEqual({ kind: 'refused', code: 'unknown-key' });
  });

  it('is refused with a signature of the same document for another purpose', () => {
    const { document } = JSON.parse(text);
    const signature = sign(null, Buffer.from(canonicalJson(document)), owner.privatePem).toString('base64url');
    expect(readVerdict(`${canonicalJson({ ...JSON.parse(text), signature })}\n`, keys)).toEqual({ kind: 'refused', code: 'bad-signature' });
  });

  it('is refused in another spelling, with a second key of a name, or with what it does not know', () => {
    const again = text.replace('"verdict":"KILL"', '"verdict":"SCALE","verdict":"KILL"');
    const more = `${canonicalJson({ ...JSON.parse(text), note: 'trust me' })}\n`;
    for (const spelled of [` ${text}`, text.trimEnd(), JSON.stringify(JSON.parse(text), null, 2), again, more, '', '{}', 'null'])
      expect(readVerdict(spelled, keys)).toEqual({ kind: 'refused', code: 'not-one' });
  });

  it('is refused where its signature, or the key, is spelled otherwise though it stands for the same bytes', () => {
    const last = (spelled: string): string => {
      const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      return `${spelled.slice(0, -1)}${letters[letters.indexOf(spelled.slice(-1)) + 1]}`;
    };
    const { key, signature } = JSON.parse(text);
    expect(Buffer.from(last(signature), 'base64url')).toEqual(Buffer.from(signature, 'base64url'));
    expect(readVerdict(text.replace(signature, last(signature)), keys)).toEqual({ kind: 'refused', code: 'not-one' });
    expect(readVerdict(text.replace(key, last(key)), [...keys, last(key)])).toEqual({ kind: 'refused', code: 'not-one' });
  });

  it('is signed by Ed25519 alone', () => {
    const { privateKey } = generateKeyPairSync('x25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => publicKeyOf(pem)).toThrow('an Ed25519 key is needed, not x25519');
    expect(() => publicKeyOf('nothing')).toThrow();
  });
});
