// Artifacts in a bucket under their content hash. Overwriting needs no guard: the same key means the same
// bytes, and what is read is checked against its name.
import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ContentHash } from '../../core/values/identity.ts';
import type { ArtifactStore } from '../../ports/artifact-store.ts';
import { badAnswer, isNamed, storeFailure } from './aws-failure.ts';

export class S3ArtifactStore implements ArtifactStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  /** @throws RangeError when the text does not have this hash. */
  async put(hash: ContentHash, canonicalJson: string): Promise<void> {
    const bytes = Buffer.from(canonicalJson, 'utf8');
    if (sha256(bytes) !== hash) throw new RangeError(`the artifact does not have the hash ${hash}`);
    const put = new PutObjectCommand({
      Bucket: this.#bucket,
      Key: artifactKeyOf(hash),
      Body: bytes,
      ContentType: 'application/json',
      // S3 refuses bytes that were damaged on the way.
      ChecksumSHA256: Buffer.from(hash, 'hex').toString('base64'),
    });
    try {
      await this.#client.send(put);
    } catch (cause) {
      throw storeFailure(`storing artifact ${hash}`, 'write', cause);
    }
  }

  async get(hash: ContentHash): Promise<string | undefined> {
    const bytes = await this.#read(hash);
    if (bytes === undefined) return undefined;
    if (sha256(bytes) !== hash) throw badAnswer(`the stored bytes of artifact ${hash} have another hash`);
    return Buffer.from(bytes).toString('utf8');
  }

  async #read(hash: ContentHash): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: artifactKeyOf(hash) }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (cause) {
      // S3 says NoSuchKey only to those who may list the bucket; to others a missing key looks forbidden.
      if (isNamed(cause, 'NoSuchKey')) return undefined;
      throw storeFailure(`reading artifact ${hash}`, 'read', cause);
    }
  }
}

/** Where the artifact lies in its bucket. */
export function artifactKeyOf(hash: ContentHash): string {
  return `artifacts/${hash}.json`;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
