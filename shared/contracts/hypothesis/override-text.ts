// That a person lets a portfolio trade live without what it would need: to be said wherever the portfolio is spoken of.
import type { LiveOverride } from '../portfolio-policy.ts';

export function overrideText({ by, reason }: LiveOverride): string {
  return `live without what it needs, by ${by}: ${reason}`;
}
