// The settings every SDK client gets. Without them a call that never answers would hold a Lambda until it
// is killed, and with it the turn of a run.

export interface ClientSettingsInput {
  /** For the embedded run and tests; absent on AWS, where the SDK finds region, endpoint and role by itself. */
  readonly endpoint?: string;
  /** How long one attempt may take. */
  readonly requestTimeoutMs?: number;
  /** How often the SDK sends one call, the first time included. */
  readonly attemptsMax?: number;
}

export function clientSettings({ endpoint, requestTimeoutMs = 5_000, attemptsMax = 3 }: ClientSettingsInput = {}) {
  return {
    maxAttempts: attemptsMax,
    // By default the SDK only prints a warning when the time is up.
    requestHandler: { connectionTimeout: 2_000, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
    ...(endpoint === undefined ? {} : localSettings(endpoint)),
  };
}

/** Emulators accept any key; path style because `bucket.127.0.0.1` is not a name. */
function localSettings(endpoint: string) {
  return {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    forcePathStyle: true,
  };
}
