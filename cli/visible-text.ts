// Words out of a file, as they may be shown: without characters that steer a terminal, and no longer than a line.

export function visibleText(text: string, lengthMax = 120): string {
  const visible = text.replace(/\s+/g, ' ').replace(/\p{C}/gu, '\uFFFD');
  return visible.length <= lengthMax ? visible : `${visible.slice(0, lengthMax - 1)}…`;
}
