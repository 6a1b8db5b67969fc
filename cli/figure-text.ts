// Figures of a validation as text; what is not defined says so.

export function percent(value: number | null): string {
  return value === null ? 'undefined' : `${(100 * value).toFixed(1)}%`;
}

export function plain(value: number | null): string {
  return value === null ? 'undefined' : value.toFixed(2);
}

export function probability(value: number | null): string {
  return value === null ? 'undefined' : value.toFixed(3);
}
