/** What people have to hear of their stored data: said once, in a sentence, with where the damaged bytes lie. Nothing is ever wiped (D3). */

export interface Notice {
  /** `full`: the folder takes more than it may, and nothing that may go is left. */
  readonly kind: "damaged" | "restored" | "newer" | "migrated" | "full";
  /** The sheet that it is about; none for what belongs to all. */
  readonly sheet?: string;
  readonly file: string;
  /** Where the damaged file lies now, byte for byte. */
  readonly aside?: string;
  readonly message: string;
}

export type Notify = (notice: Notice) => void;

/** A file of a later version of Millrace: it is left untouched. */
export class NewerFileError extends Error {
  override readonly name = "NewerFileError";
  readonly file: string;

  constructor(file: string, version: number, known: number) {
    super(
      `${file} was written by a newer Millrace (its version is ${version}, and this one reads up to ${known}). It is left as it is: update Millrace, or choose another folder with --data-dir or MILLRACE_DATA_DIR.`,
    );
    this.file = file;
  }
}
