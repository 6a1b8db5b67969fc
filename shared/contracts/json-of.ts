// A text as JSON, where not being JSON is one way of not being what the reader looks for: he refuses it with the rest.

/** undefined where the text is not JSON. The parser's message is left out: it quotes the text, which may be a secret. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The same for what is looked up by its keys; undefined for any other JSON too. An array has no such key. */
export function jsonObjectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const json = jsonOf(text);
  return typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : undefined;
}
