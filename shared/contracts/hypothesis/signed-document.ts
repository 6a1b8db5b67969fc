// A document under its owner's signature (Ed25519). Who has the private key may sign; whoever reads has public keys alone.
import { createPublicKey, sign, verify } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { jsonOf } from '../json-of.ts';
import { publicKeyOf, publicKeyText } from './signing-keys.ts';

export interface SignedKind<Document extends z.ZodType> {
  readonly document: Document;
  /** A signature of the same bytes for another purpose is none of this one. */
  readonly purpose: string;
}

export type SignedReading<Document> =
  | { readonly kind: 'signed'; readonly document: Document; readonly key: string }
  /** `not-one`: not the canonical bytes of one. `unknown-key`: signed by somebody else. `bad-signature`: forged, or edited since. */
  | { readonly kind: 'refused'; readonly code: 'not-one' | 'unknown-key' | 'bad-signature' };

/** 64 bytes in base64url; of the last letter only some, as the others stand for the same bytes. */
const SIGNATURE = z.string().regex(/^[A-Za-z0-9_-]{85}[AQgw]$/);

/** The text of its file: canonical JSON in one line. @throws Error for a PEM that holds no Ed25519 key. */
export function signDocument<Document extends z.ZodType>(
  { document: schema, purpose }: SignedKind<Document>,
  document: z.output<Document>,
  privatePem: string,
): string {
  const written = z.encode(schema, document);
  const signature = sign(null, signedBytes(purpose, written), privatePem).toString('base64url');
  return `${canonicalJson({ document: written, key: publicKeyOf(privatePem), signature })}\n`;
}

/** @param keys public keys that may sign. */
export function readSigned<Document extends z.ZodType>(
  { document: schema, purpose }: SignedKind<Document>,
  text: string,
  keys: readonly string[],
): SignedReading<z.output<Document>> {
  const json = jsonOf(text);
  const envelope = z.strictObject({ document: z.unknown(), key: publicKeyText, signature: SIGNATURE }).safeParse(json).data;
  // One spelling, so that what a person sees in the file is what was signed.
  if (envelope === undefined || `${canonicalJson(json)}\n` !== text) return { kind: 'refused', code: 'not-one' };
  const read = z.safeDecode(schema, envelope.document as z.input<Document>);
  if (!read.success) return { kind: 'refused', code: 'not-one' };
  const { key, signature, document } = envelope;
  if (!keys.includes(key)) return { kind: 'refused', code: 'unknown-key' };
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' });
  const holds = verify(null, signedBytes(purpose, document), publicKey, Buffer.from(signature, 'base64url'));
  return holds ? { kind: 'signed', document: read.data, key } : { kind: 'refused', code: 'bad-signature' };
}

function signedBytes(purpose: string, document: unknown): Buffer {
  return Buffer.from(`${purpose}\n${canonicalJson(document)}`, 'utf8');
}
