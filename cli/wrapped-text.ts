// A long text on several lines, each but the first under where the first began.

const COLUMNS = 80;

/**
 * @param first what stands before the text; its visible length is the indentation of the other lines.
 */
export function wrappedText(first: string, text: string, columns = COLUMNS): string {
  const indent = visibleLength(first);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (indent + longer.length <= columns || line === '') {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  return `${first}${[...lines, line].join(`\n${' '.repeat(indent)}`)}`.trimEnd();
}

/** Colour codes take no room. */
export function visibleLength(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character
  return text.replace(/\u001b\[[0-9;]*m/g, '').length;
}
