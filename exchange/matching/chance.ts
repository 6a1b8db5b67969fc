// Ids and dice that are functions of their arguments, so that a replay gives the same bytes.

const FNV_PRIME = 0x01000193;

/** A whole number from 0 to 999,999, evenly spread over the texts. */
export function dice(...parts: readonly (string | number)[]): number {
  return Math.floor((scatter(parts.join('\u0000'), 0) / 2 ** 32) * 1_000_000);
}

/** A UUID (version 4 in form) that is the same for the same parts. */
export function deriveUuid(...parts: readonly (string | number)[]): string {
  const text = parts.join('\u0000');
  const hex = [1, 2, 3, 4].map((salt) => scatter(text, salt).toString(16).padStart(8, '0')).join('');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** FNV-1a over the code units, then the murmur3 finaliser: near texts land far apart. */
function scatter(text: string, salt: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1);
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
