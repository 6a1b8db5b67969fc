// The health of parts for people.
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import { visibleText } from '../visible-text.ts';
import type { PartHealth } from './health.ts';

export function healthText(parts: readonly PartHealth[], colors: Output['colors']): string {
  const paint = { good: colors.green, odd: colors.yellow, bad: colors.red };
  const rows = parts.map(({ part, state, detail }) => [part, paint[state](state), visibleText(detail, 200)]);
  return textTable(['part', 'state', ''], rows, { left: [0, 1, 2], header: colors.dim });
}
