/** Where a sheet is on disk, with what it shares with the others of its folder. */
import type { Blobs } from "./blobs.ts";
import type { Disk } from "./disk.ts";
import type { Notify } from "./notice.ts";

/** How a sheet is opened from its folder. */
export interface SheetPlace {
  readonly disk: Disk;
  readonly folder: string;
  readonly blobs: Blobs;
  readonly notify: Notify;
  readonly tidy: Tidy;
}

/** When files are put in order. */
export interface Tidy {
  /** Bytes of a log from which it may be worth leaving lines out. */
  readonly bytes: number;
  /** Saves after which everything is written to `sheet.json`, so that a log is never read for long. */
  readonly saves: number;
}

export const usualTidy: Tidy = { bytes: 256 * 1024, saves: 2_000 };
