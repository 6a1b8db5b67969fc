// Figures of a record for people, from their exact text. Never computed with.

/** "12,345.68" of "12345.678901". */
export function dollarsText(text: string, digits = 2): string {
  return Number(text).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** "19.83%" of "19.8347%". */
export function percentText(text: string): string {
  return `${Number(text.replace('%', '')).toFixed(2)}%`;
}

/** "limit 25 %, would-be 31 %" of the figures beside a code. */
export function figuresText(figures: Readonly<Record<string, string>>): string {
  return Object.entries(figures)
    .map(([name, figure]) => `${name} ${figure}`)
    .join(', ');
}
