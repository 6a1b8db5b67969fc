/**
 * How many days a slow suite plays: `inEveryTest` in `npm test`, as many as this environment variable says elsewhere.
 * @throws RangeError for a number that would test nothing.
 */
export function numberOfDays(variable: string, inEveryTest: number): number {
  const text = process.env[variable];
  const days = Number(text ?? inEveryTest);
  if (!Number.isSafeInteger(days) || days < 1) throw new RangeError(`${variable} is a whole number from 1 on, not ${text}`);
  return days;
}
