// Figures of research as text; what is not defined says so.

export function percent(value: number | null, digits = 1): string {
  return value === null ? 'undefined' : `${(100 * value).toFixed(digits)}%`;
}

export function plain(value: number | null): string {
  return value === null ? 'undefined' : value.toFixed(2);
}

export function probability(value: number | null): string {
  return value === null ? 'undefined' : value.toFixed(3);
}
