// The artifacts' bucket behind its SDK client, in a file of its own so that it can be loaded on its own.
import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { S3ArtifactStore } from '../adapters/aws/s3-artifact-store.ts';

export function s3Artifacts(bucket: string): S3ArtifactStore {
  return new S3ArtifactStore(new S3Client(clientSettings()), bucket);
}
