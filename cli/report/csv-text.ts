// Rows as CSV (RFC 4180) that a spreadsheet takes for what it is: text that would be read as a formula is made plain text.

/** What a spreadsheet would compute, unless it is a number. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(?:\.\d+)?%?$/;

export function csvText(header: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  return [header, ...rows].map((row) => `${row.map((cell) => cellText(cell ?? '')).join(',')}\r\n`).join('');
}

function cellText(cell: string): string {
  const plain = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
