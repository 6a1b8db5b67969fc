// The AWS of a run at home: DynamoDB (dynalite), S3, SQS and SNS (fauxqs) in this process, over real HTTP on
// the loopback interface. What was acknowledged survives the death of the process: LevelDB and SQLite have
// handed it to the operating system before the answer goes out. A power cut may take the last second.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { holdFolder } from './folder-hold.ts';
import { startLoopbackDynalite } from './loopback-dynalite.ts';
import { ACCOUNT, REGION, startLoopbackFauxqs } from './loopback-fauxqs.ts';

export interface EmbeddedAws {
  /** `http://127.0.0.1:port`; other SDK settings: this region, any credentials, path-style S3. */
  readonly endpoints: { readonly dynamodb: string; readonly s3: string; readonly sns: string; readonly sqs: string };
  readonly table: string;
  readonly bucket: string;
  readonly topicArn: string;
  /** Receives every notice of the topic. */
  readonly noticesQueueUrl: string;
  /** Receives them too, for whoever plays the notify function. */
  readonly notifyQueueUrl: string;
  /** Where notify tells the owner. */
  readonly ownerTopicArn: string;
  /** The owner's mail. */
  readonly ownerQueueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** Stops both servers and leaves nothing open. Safe to call twice. */
  close(): Promise<void>;
}

const NAME = 'evenkeel';
const NOTICES = `${NAME}-notices`;
const DEAD_LETTER = `${NAME}-dead-letter`;
const NOTIFY = `${NAME}-notify`;
const OWNER = `${NAME}-owner`;

/** Creating them again finds them and keeps what is in them. */
const resources = {
  buckets: [NAME],
  topics: [{ name: NAME }, { name: OWNER }],
  queues: [{ name: NOTICES }, { name: DEAD_LETTER }, { name: NOTIFY }, { name: OWNER }],
  subscriptions: [
    { topic: NAME, queue: NOTICES },
    { topic: NAME, queue: NOTIFY },
    { topic: OWNER, queue: OWNER },
  ],
};

/**
 * `folder` undefined: everything in memory. The same folder again: everything as it was.
 * @throws FolderInUse when another process holds the folder.
 */
export async function startEmbeddedAws(folder?: string): Promise<EmbeddedAws> {
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  const inFolder = (name: string) => (folder === undefined ? undefined : join(folder, name));
  try {
    if (folder !== undefined) {
      await mkdir(folder, { recursive: true });
      undo.push(await holdFolder(folder));
    }
    const dynalite = await startLoopbackDynalite(inFolder('dynamodb'), NAME);
    undo.push(dynalite.close);
    const fauxqs = await startLoopbackFauxqs(inFolder('fauxqs'), resources);
    undo.push(fauxqs.close);
    return { ...addressesOf(dynalite.endpoint, fauxqs.endpoint), close };
  } catch (failure) {
    await close();
    throw failure;
  }
}

function addressesOf(dynamodb: string, fauxqs: string) {
  // Not the URL that fauxqs tells: a queue of an earlier start remembers that start's port.
  const urlOf = (queue: string) => `${fauxqs}/${ACCOUNT}/${queue}`;
  return {
    endpoints: { dynamodb, s3: fauxqs, sns: fauxqs, sqs: fauxqs },
    table: NAME,
    bucket: NAME,
    topicArn: `arn:aws:sns:${REGION}:${ACCOUNT}:${NAME}`,
    noticesQueueUrl: urlOf(NOTICES),
    notifyQueueUrl: urlOf(NOTIFY),
    ownerTopicArn: `arn:aws:sns:${REGION}:${ACCOUNT}:${OWNER}`,
    ownerQueueUrl: urlOf(OWNER),
    deadLetterQueueUrl: urlOf(DEAD_LETTER),
  };
}
