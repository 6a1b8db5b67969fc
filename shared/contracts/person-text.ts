// What a person signs with or gives as a reason: something that another person can read, and that hides nothing.

/** Beside what steers a terminal or a line: what is there and not seen, such as the letter U+3164, which is drawn as nothing. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const IGNORED = /\p{Default_Ignorable_Code_Point}/gu;

export const ONE_LINE = 'one line, without characters that steer a terminal or hide what is written';

/** Said in mails and on terminals, where it must look like nothing else that stands there. */
export function isOneLine(text: string): boolean {
  return !HIDDEN.test(text);
}

/** There is a letter or a digit in it that is seen: what looks like nothing was said by nobody. */
export function isReadable(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text.replace(IGNORED, ''));
}
