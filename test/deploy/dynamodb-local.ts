// DynamoDB Local, by Amazon: what DynamoDB means, checked a second time by those who wrote it. Its files come from Maven Central
// into a folder of their own, each compared with the checksum that dynamodb-local.json pins.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join, resolve } from 'node:path';
import { freePort } from './free-port.ts';

const pinned = JSON.parse(readFileSync(join(import.meta.dirname, 'dynamodb-local.json'), 'utf8')) as {
  readonly version: string;
  /** SHA-256 by the path in the repository. */
  readonly artifacts: Readonly<Record<string, string>>;
};

const HOME = resolve(import.meta.dirname, '../../node_modules/.cache', `dynamodb-local-${pinned.version}`);
const MAVEN_CENTRAL = 'https://repo1.maven.org/maven2/';
const MAIN = 'software.amazon.dynamodb.services.local.main.ServerRunner';
const JAVA_MAJOR_MIN = 17;
/** Where its SQLite runs. */
const PLATFORMS: ReadonlySet<string> = new Set(['linux-x64', 'darwin-x64']);
const FETCHES_AT_ONCE = 8;
const START_MS = 60_000;

export interface DynamoDbLocal {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Why it cannot run on this machine; undefined where it can. */
export function whyNot(): string | undefined {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.has(platform)) return `DynamoDB Local has no SQLite for ${platform}`;
  const major = javaMajor();
  if (major === undefined) return 'there is no Java here';
  return major < JAVA_MAJOR_MIN ? `Java ${major} is here, and DynamoDB Local needs ${JAVA_MAJOR_MIN} or later` : undefined;
}

/** `openjdk version "17.0.15" …`; "1.8.0" is Java 8. */
function javaMajor(): number | undefined {
  try {
    const said = execFileSync('java', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return Number(/\d+/.exec(said)?.[0]);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) return 8;
    return undefined;
  }
}

/** @throws Error without Maven Central, or when a file is not what it was. */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  await install();
  const port = await freePort();
  const classpath = Object.keys(pinned.artifacts)
    .filter((path) => path.endsWith('.jar'))
    .map((path) => join(HOME, basename(path)))
    .join(delimiter);
  const settings = [`-Dsqlite4java.library.path=${HOME}`, '-cp', classpath, MAIN, '-inMemory', '-disableTelemetry', '-port', String(port)];
  const child = spawn('java', settings, { stdio: ['ignore', 'ignore', 'ignore'] });
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint, child);
  return { endpoint, stop: () => stopped(child) };
}

async function install(): Promise<void> {
  if (existsSync(HOME)) return;
  const fresh = `${HOME}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    const waiting = Object.entries(pinned.artifacts);
    const fetchNext = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const [path, sha256] = next;
        writeFileSync(join(fresh, basename(path)), await fetched(path, sha256));
      }
    };
    await Promise.all(Array.from({ length: FETCHES_AT_ONCE }, fetchNext));
    renameSync(fresh, HOME);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function fetched(path: string, sha256: string): Promise<Buffer> {
  const response = await fetch(`${MAVEN_CENTRAL}${path}`);
  if (!response.ok) throw new Error(`${path} was not fetched: ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`${path} is not what it was: its SHA-256 is ${found}, and ${sha256} is pinned`);
  return bytes;
}

async function answering(endpoint: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`DynamoDB Local ended with ${child.exitCode}`);
    const isUp = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill('SIGKILL');
  throw new Error(`DynamoDB Local did not answer within ${START_MS / 1000} s`);
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await exit;
}
