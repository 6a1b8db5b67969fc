// Inputs and rows of sweeps in a bucket. An input lies under the hash of its bytes, so that the same prices are sent once; what is
// read is checked against its name.
import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { sweepInputKeyOf, sweepRowsPrefixOf } from '../../contracts/sweep-batch.ts';
import type { ContentHash } from '../../core/values/identity.ts';
import type { SweepStore } from '../../ports/sweep-store.ts';
import { badAnswer, isNamed, storeFailure } from './aws-failure.ts';

const PLACE_DIGITS = 7;

export class S3SweepStore implements SweepStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async keepInput(bytes: Uint8Array): Promise<ContentHash> {
    const hash = sha256(bytes);
    if (!(await this.#isThere(sweepInputKeyOf(hash)))) await this.#put(sweepInputKeyOf(hash), bytes, hash);
    return hash;
  }

  async input(hash: ContentHash): Promise<Uint8Array> {
    const bytes = await this.#get(sweepInputKeyOf(hash));
    if (sha256(bytes) !== hash) throw badAnswer(`the stored bytes of the sweep's input ${hash} have another hash`);
    return bytes;
  }

  /** A batch that is run again has the same key and the same bytes. */
  async keepRows(sweep: ContentHash, places: readonly number[], lines: string): Promise<void> {
    const first = String(places[0] ?? 0).padStart(PLACE_DIGITS, '0');
    const batch = sha256(Buffer.from(places.join(','))).slice(0, 16);
    const bytes = Buffer.from(lines);
    await this.#put(`${sweepRowsPrefixOf(sweep)}${first}-${batch}.jsonl`, bytes, sha256(bytes));
  }

  async *rows(sweep: ContentHash): AsyncIterable<string> {
    for (const key of await this.#keys(sweepRowsPrefixOf(sweep))) yield Buffer.from(await this.#get(key)).toString('utf8');
  }

  async #keys(prefix: string): Promise<readonly string[]> {
    const keys: string[] = [];
    try {
      for await (const { Contents = [] } of paginateListObjectsV2({ client: this.#client }, { Bucket: this.#bucket, Prefix: prefix })) {
        for (const { Key } of Contents) if (Key !== undefined) keys.push(Key);
      }
    } catch (cause) {
      throw storeFailure(`listing ${prefix}`, 'read', cause);
    }
    return keys;
  }

  async #isThere(key: string): Promise<boolean> {
    try {
      await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }));
      return true;
    } catch (cause) {
      // An answer to HEAD has no body that could say NoSuchKey.
      if (isNamed(cause, 'NotFound') || isNamed(cause, 'NoSuchKey')) return false;
      throw storeFailure(`looking for ${key}`, 'read', cause);
    }
  }

  async #put(key: string, bytes: Uint8Array, hash: ContentHash): Promise<void> {
    // S3 refuses bytes that were damaged on the way.
    const checksum = Buffer.from(hash, 'hex').toString('base64');
    const put = new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: bytes, ChecksumSHA256: checksum });
    await this.#client.send(put).catch((cause: unknown) => {
      throw storeFailure(`storing ${key}`, 'write', cause);
    });
  }

  async #get(key: string): Promise<Uint8Array> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (cause) {
      throw storeFailure(`reading ${key}`, 'read', cause);
    }
  }
}

function sha256(bytes: Uint8Array): ContentHash {
  return createHash('sha256').update(bytes).digest('hex');
}
