// What every Telemetry implementation does to its fields before they leave the process: credentials are
// blanked, errors are told with their causes, and what JSON cannot say is made into something it can.

export const REDACTED = '[redacted]';

/** Names of things that are credentials or carry one. Ids such as `clientOrderId` and `runId` are not among them. */
const CREDENTIAL_NAME =
  /secret|passw|passphrase|token|authorization|credential|cookie|signature|api[-_]?key|key[-_]?id|access[-_]?key|private[-_]?key|^apca/i;

/** Key ids of Alpaca and of AWS, and bearer tokens, wherever they stand in a text. */
const CREDENTIAL_TEXT = /\b(?:(?:PK|AK|CK)[A-Z0-9]{18,24}|(?:AKIA|ASIA)[A-Z0-9]{16})\b|\b(?:Bearer|Basic)\s+[\w+/=.~-]{8,}/g;

/** Below this a value would blank ordinary words. Real keys have 20 characters and more. */
const SECRET_LENGTH_MIN = 8;
const DEPTH_MAX = 8;

/** Blanks credentials by name, by form, and by value for the values it has been told. */
export class Redaction {
  readonly #known = new Set<string>();

  /** From now on blanks this value, also where it was JSON- or URL-encoded. Values under 8 characters are left alone. */
  register(value: string): void {
    if (value.length < SECRET_LENGTH_MIN) return;
    for (const spelling of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]) this.#known.add(spelling);
  }

  text(text: string): string {
    let blanked = text;
    for (const secret of this.#known) blanked = blanked.replaceAll(secret, REDACTED);
    return blanked.replace(CREDENTIAL_TEXT, REDACTED);
  }

  fields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return this.#members(Object.entries(fields), []);
  }

  #value(value: unknown, above: readonly object[]): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
    if (typeof value === 'boolean' || value === null || value === undefined) return value;
    if (typeof value !== 'object') return this.text(String(value));
    if (above.includes(value)) return '[circular]';
    if (above.length >= DEPTH_MAX) return '[deeper]';
    return this.#object(value, [...above, value]);
  }

  #object(value: object, path: readonly object[]): unknown {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString();
    if (ArrayBuffer.isView(value)) return '[bytes]';
    if (value instanceof Error) return this.#error(value, path);
    if (value instanceof Map)
      return this.#members(
        [...value].map(([key, member]) => [String(key), member]),
        path,
      );
    if (Array.isArray(value) || value instanceof Set) return [...value].map((member) => this.#value(member, path));
    return this.#members(Object.entries(value), path);
  }

  #error(error: Error, path: readonly object[]): Record<string, unknown> {
    const told: [string, unknown][] = [
      ['name', error.name],
      ['message', error.message],
      ['stack', error.stack],
    ];
    if (error.cause !== undefined) told.push(['cause', error.cause]);
    if (error instanceof AggregateError) told.push(['errors', error.errors]);
    const own = Object.entries(error).filter(([name]) => !told.some(([known]) => known === name));
    return this.#members([...told, ...own], path);
  }

  #members(entries: readonly (readonly [string, unknown])[], path: readonly object[]): Record<string, unknown> {
    return Object.fromEntries(
      entries.map(([name, value]) => [this.text(name), CREDENTIAL_NAME.test(name) ? REDACTED : this.#value(value, path)]),
    );
  }
}
