// A JSON number in plain digits. JavaScript writes very small and very large ones with an exponent.

const WITH_EXPONENT = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/;

/** "0.0000001" for 1e-7: the shortest digits that read back as the same number. @param value finite. */
export function plainDecimal(value: number): string {
  const match = WITH_EXPONENT.exec(String(value));
  if (match === null) return String(value);
  const [, sign = '', whole = '', fraction = '', exponent] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}
