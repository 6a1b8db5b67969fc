// fauxqs (SQS, SNS, S3) bound to this machine alone. Its own `startFauxqs` listens on every interface, and
// its public `buildApp` cannot persist; a home network has no business reading an account's decisions. So
// the parts `startFauxqs` is made of are put together here. They are not in the package's exports: the
// version is pinned, and a test drives each of them.
import { buildApp, type FauxqsInitConfig } from 'fauxqs';

/** Where everything in fauxqs lives. */
export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>['stores']>;

interface Persistence {
  load(sqsStore: Stores['sqsStore'], snsStore: Stores['snsStore'], s3Store: Stores['s3Store']): void;
  updateMessageInflight(
    messageId: string,
    receiptHandle: string | null,
    visibilityDeadline: number | null,
    receiveCount: number,
    firstReceiveTimestamp: number | null,
  ): void;
  updateMessageReady(messageId: string): void;
  close(): void;
}

interface FauxqsParts {
  readonly SqsStore: new () => Stores['sqsStore'];
  readonly SnsStore: new () => Stores['snsStore'];
  readonly S3Store: new () => Stores['s3Store'];
  readonly PersistenceManager: new (folder: string) => Persistence;
  /** Creates what is missing and leaves what is there. */
  applyInitConfig(
    resources: FauxqsInitConfig,
    sqsStore: Stores['sqsStore'],
    snsStore: Stores['snsStore'],
    s3Store: Stores['s3Store'],
    context: { readonly port: number; readonly region: string },
  ): void;
}

export interface LoopbackFauxqs {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** `folder` undefined: in memory. Otherwise every change is in an SQLite file there before it is answered. */
export async function startLoopbackFauxqs(folder: string | undefined, resources: FauxqsInitConfig): Promise<LoopbackFauxqs> {
  const parts = await fauxqsParts();
  const stores: Stores = { sqsStore: new parts.SqsStore(), snsStore: new parts.SnsStore(), s3Store: new parts.S3Store() };
  const persistence = folder === undefined ? undefined : persist(stores, new parts.PersistenceManager(folder));
  const app = buildApp({ logger: false, defaultRegion: REGION, stores });
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  const close = async () => {
    await app.close();
    persistence?.close();
  };
  try {
    const context = { port: Number(new URL(endpoint).port), region: REGION };
    parts.applyInitConfig(resources, stores.sqsStore, stores.snsStore, stores.s3Store, context);
  } catch (failure) {
    await close();
    throw failure;
  }
  return { endpoint, close };
}

/** Loads first and attaches afterwards: loading through an attached store would write every row back. */
function persist(stores: Stores, persistence: Persistence): Persistence {
  // As it comes, it writes no count where the table demands one, and the message that should be shown again is lost.
  persistence.updateMessageReady = (messageId) => persistence.updateMessageInflight(messageId, null, null, 0, null);
  persistence.load(stores.sqsStore, stores.snsStore, stores.s3Store);
  for (const owner of [stores.sqsStore, stores.snsStore, stores.s3Store, ...stores.sqsStore.allQueues()]) {
    Object.assign(owner, { persistence });
  }
  return persistence;
}

async function fauxqsParts(): Promise<FauxqsParts> {
  const dist = new URL('.', import.meta.resolve('fauxqs'));
  const paths = ['sqs/sqsStore.js', 'sns/snsStore.js', 's3/s3Store.js', 'persistence.js', 'initConfig.js'];
  const modules: object[] = await Promise.all(paths.map((path) => import(new URL(path, dist).href)));
  return Object.assign({}, ...modules) as FauxqsParts;
}
