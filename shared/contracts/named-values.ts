// `signal=a,execution=b`: several values of one environment variable, each with the name of its hop.

/** @throws Error for a part that has no name, no value, or a name that came before. */
export function readNamedValues(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const match = /^\s*([a-z][a-z0-9-]*)=(\S+)\s*$/.exec(part);
    const [, name, value] = match ?? [];
    if (name === undefined || value === undefined || values.has(name))
      throw new Error(`expected name=value once each, found ${JSON.stringify(part)}`);
    values.set(name, value);
  }
  return values;
}
