// The Ed25519 pair that signs verdicts and policy checks: the private half never leaves its owner, the public one is committed.
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import * as z from 'zod';
import { jsonOf } from '../json-of.ts';

/** 32 bytes in base64url, as in a JSON Web Key; of the last letter only some, as the others stand for the same bytes. */
const PUBLIC_KEY = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
const KEY_MEANS = 'a public key as evenkeel hypothesis keys prints it: 43 letters, digits, hyphens and underscores';
export const publicKeyText = z.string({ error: KEY_MEANS }).regex(PUBLIC_KEY, { error: KEY_MEANS });

const publicKeys = z.strictObject({ keys: z.array(z.strictObject({ name: z.string().min(1), public: publicKeyText })) });
export type NamedKey = z.output<typeof publicKeys>['keys'][number];

/** A new pair: the private key as PEM, the public one in base64url. */
export function newSigningKey(): { readonly privatePem: string; readonly publicKey: string } {
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

/** The file of keys whose signatures count; undefined for a text that is none. */
export function decodePublicKeys(text: string): readonly NamedKey[] | undefined {
  return publicKeys.safeParse(jsonOf(text)).data?.keys;
}

export function encodePublicKeys(keys: readonly NamedKey[]): string {
  return `${JSON.stringify({ keys }, null, 2)}\n`;
}
