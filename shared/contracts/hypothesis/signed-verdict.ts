// A verdict under its owner's signature (Ed25519). Who has the private key may say SCALE; whoever reads has public keys alone.

import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { jsonOf } from '../json-of.ts';
import { type VerdictDocument, verdictDocument } from './verdict-document.ts';

/** 32 bytes in base64url, as in a JSON Web Key. */
const PUBLIC_KEY = /^[A-Za-z0-9_-]{43}$/;
/** A signature of anything else under the same key is none of a verdict. */
const PURPOSE = 'evenkeel verdict 1\n';

const signed = z.strictObject({
  document: verdictDocument,
  key: z.string().regex(PUBLIC_KEY),
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});

const KEY_MEANS = 'a public key as evenkeel hypothesis keys prints it: 43 letters, digits, hyphens and underscores';
export const publicKeyText = z.string({ error: KEY_MEANS }).regex(PUBLIC_KEY, { error: KEY_MEANS });

export type VerdictReading =
  | { readonly kind: 'verdict'; readonly document: VerdictDocument; readonly key: string }
  /**
   * `not-a-verdict`: not the canonical bytes of one. `unknown-key`: signed by somebody else. `bad-signature`: forged, or edited
   * since.
   */
  | { readonly kind: 'refused'; readonly code: 'not-a-verdict' | 'unknown-key' | 'bad-signature' };

/** A new pair: the private key as PEM, the public one in base64url. */
export function newVerdictKey(): { readonly privatePem: string; readonly publicKey: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { privatePem, publicKey: publicKeyOf(privatePem) };
}

/** @throws Error for a PEM that holds no Ed25519 key. */
export function publicKeyOf(privatePem: string): string {
  const key = createPrivateKey(privatePem);
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (key.asymmetricKeyType !== 'ed25519' || x === undefined) throw new Error(`an Ed25519 key is needed, not ${key.asymmetricKeyType}`);
  return x;
}

/** The text of a verdict file: canonical JSON in one line. @throws Error for a PEM that holds no Ed25519 key. */
export function signVerdict(document: VerdictDocument, privatePem: string): string {
  const written = z.encode(verdictDocument, document);
  const signature = sign(null, signedBytes(written), privatePem).toString('base64url');
  return `${canonicalJson({ document: written, key: publicKeyOf(privatePem), signature })}\n`;
}

/** @param keys public keys that may sign. */
export function readVerdict(text: string, keys: readonly string[]): VerdictReading {
  const json = jsonOf(text) as z.input<typeof signed>;
  const read = z.safeDecode(signed, json).data;
  // One spelling, so that what a person sees in the file is what was signed.
  if (read === undefined || `${canonicalJson(json)}\n` !== text) return { kind: 'refused', code: 'not-a-verdict' };
  const { document, key, signature } = read;
  if (!keys.includes(key)) return { kind: 'refused', code: 'unknown-key' };
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' });
  const holds = verify(null, signedBytes(json.document), publicKey, Buffer.from(signature, 'base64url'));
  return holds ? { kind: 'verdict', document, key } : { kind: 'refused', code: 'bad-signature' };
}

function signedBytes(document: z.input<typeof verdictDocument>): Buffer {
  return Buffer.from(`${PURPOSE}${canonicalJson(document)}`, 'utf8');
}
