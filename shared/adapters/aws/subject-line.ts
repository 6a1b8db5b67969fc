// The subject of an SNS message: 100 printable ASCII characters. A headline that SNS would refuse must not cost its owner
// the message.

const SUBJECT_LENGTH_MAX = 100;

export function subjectLine(text: string): string {
  const printable = text
    .replace(/\s+/g, ' ')
    .replace(/[^\x20-\x7e]/g, '?')
    .trim();
  if (printable === '') return 'evenkeel';
  return printable.length <= SUBJECT_LENGTH_MAX ? printable : `${printable.slice(0, SUBJECT_LENGTH_MAX - 3)}...`;
}
