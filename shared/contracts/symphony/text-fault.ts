// What is wrong with a text before it has any meaning.

export interface TextFault {
  readonly kind: 'unreadable';
  /** The offset at which it shows. */
  readonly at: number;
  readonly value: string;
  /** The rest of "expected …". */
  readonly expected: string;
}
