// Where everything of a portfolio lies in an exported folder. Lines of .jsonl files and artifacts are the stored bytes, so that
// their hashes are those that the records name.

export function layoutOf(portfolio: string) {
  return {
    /** A run record a line, oldest first. */
    runs: `${portfolio}/runs.jsonl`,
    artifact: (hash: string): string => `${portfolio}/artifacts/${hash}.json`,
    /** The ledger as it stood, and its batches of entries, one a line, oldest first. */
    ledger: `${portfolio}/ledger.json`,
    ledgerEntries: `${portfolio}/ledger-entries.jsonl`,
    /** `{"position": 1, "text": "…"}` a line: a link that was damaged is exported as it is. */
    auditChain: `${portfolio}/audit-chain.jsonl`,
    /** Of its own switch, and of the switch of all; newest first. */
    switchTurns: `${portfolio}/switch-turns.jsonl`,
    switchTurnsOfAll: `${portfolio}/switch-turns-of-all.jsonl`,
    /** One a line, newest session first. */
    digests: `${portfolio}/digests.jsonl`,
    breaker: `${portfolio}/breaker.json`,
  };
}

export function jsonLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

export function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}
