// How a file that another file names is read. Where files are is for whoever reads them to know.

/** The text of a file, by its path as the naming file writes it. Throws when it cannot be read. */
export type ReadText = (path: string) => string;

/** For a text that stands alone. */
export function noOtherFile(): string {
  throw new Error('no other file is read here');
}

/** For a file that is itself named by another: paths in it are relative to it. */
export function besideText(file: string, readText: ReadText): ReadText {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  return (path) => readText(path.startsWith('/') ? path : `${folder}${path}`);
}
