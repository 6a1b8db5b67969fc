// What the files are called that let a portfolio trade real money: whoever writes one and whoever looks for it must agree.

/** Public keys whose signatures count, beside what they sign. */
export const PUBLIC_KEYS_FILE = 'verdict-keys.json';
export const VERDICT_END = '.verdict.json';
export const POLICY_CHECK_END = '.policy-check.json';

/** In whatever case: a name that is overlooked may be that of a no. */
export function isDocumentName(name: string): boolean {
  return [VERDICT_END, POLICY_CHECK_END].some((end) => name.toLowerCase().endsWith(end));
}
