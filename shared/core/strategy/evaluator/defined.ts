/** NaN is how a column says "undefined": too short a past, or no bar. */
export function isDefined(value: number | undefined): value is number {
  return value !== undefined && !Number.isNaN(value);
}
