/**
 * The sheets of a served graph, as rooms: opened when somebody comes, left alone while anything runs there, closed when they
 * have long been empty. What is done to a sheet is on disk before it is said to be done (D1).
 */
import { randomBytes } from "node:crypto";
import type { Graph } from "../engine/graph.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { OpenSheet } from "../persist/open-sheet.ts";
import type { SavedSheets, SheetEntry, Sheets } from "../persist/sheets.ts";
import type { Clock } from "./clock.ts";
import type { Files } from "./files.ts";
import { Refused } from "./refusal.ts";
import { Room } from "./room.ts";

/** What a server needs of them. */
export interface Rooms {
  readonly sheets: Sheets;
  /** Brings the first sheet to life, where there is none yet. */
  begin(): Promise<void>;
  list(): Promise<readonly SheetEntry[]>;
  /** The room of a sheet; `undefined` when there is no such sheet. */
  find(id: string): Promise<Room | undefined>;
  close(): Promise<void>;
}

export interface RoomsAbout {
  readonly clock: Clock;
  readonly files: Files;
  /** A room is shut: whoever looks has to come in again. */
  readonly shut: (room: Room) => void;
}

/** How long nobody may look before a sheet is closed, and how often that is looked at. */
const idleAfter = 10 * 60_000;
const lookEvery = 60_000;

export class KeptRooms implements Rooms {
  readonly #saved: SavedSheets;
  readonly #about: RoomsAbout;
  readonly #rooms = new Map<string, Promise<Room>>();
  /** Sheets that are being reset or deleted: nobody comes in meanwhile. */
  readonly #busy = new Map<string, Promise<void>>();
  readonly #notices = new Map<string | undefined, string[]>();
  #stopLooking: () => void = () => undefined;

  constructor(saved: SavedSheets, about: RoomsAbout) {
    this.#saved = saved;
    this.#about = about;
    saved.notices$.subscribe(({ sheet, message }) => {
      this.#notices.set(sheet, [...(this.#notices.get(sheet) ?? []), message]);
      void this.#tellNotices();
    });
    this.#lookLater();
  }

  async begin(): Promise<void> {
    const there = await this.#saved.list();
    if (there.length > 0) return;
    const { id } = await this.#saved.create();
    await this.find(id);
  }

  list(): Promise<readonly SheetEntry[]> {
    return this.#saved.list();
  }

  async find(id: string): Promise<Room | undefined> {
    await this.#busy.get(id)?.catch(() => undefined);
    const known = this.#rooms.get(id);
    if (known) return known;
    if (!(await this.#saved.list()).some((entry) => entry.id === id)) return undefined;
    const again = this.#rooms.get(id);
    if (again) return again;
    const opening = this.#saved.openKept(id).then(
      (open) => this.#enter(open),
      (error: unknown) => {
        throw new Refused(409, "not-opened", error instanceof Error ? error.message : "This sheet cannot be opened.");
      },
    );
    this.#rooms.set(id, opening);
    opening.catch(() => this.#rooms.delete(id));
    return opening;
  }

  /** What is done here in code is seen by those who look. */
  readonly sheets: Sheets = {
    list: () => this.#saved.list(),
    open: (id) => this.#saved.open(id),
    create: (options) => this.#saved.create(options),
    rename: async (id, name) => {
      await this.#saved.rename(id, name);
      (await this.#rooms.get(id))?.rename(name.trim());
    },
    duplicate: (id, options) => this.#saved.duplicate(id, options),
    reset: (id) => this.#alone(id, () => this.#saved.reset(id)),
    delete: async (id) => {
      await this.#alone(id, () => this.#saved.delete(id));
      await this.begin();
    },
    export: (id) => this.#saved.export(id),
    import: (file) => this.#saved.import(file),
    close: () => this.close(),
  };

  async close(): Promise<void> {
    this.#stopLooking();
    for (const id of [...this.#rooms.keys()]) await this.#leave(id);
    await this.#saved.close();
  }

  // ── one room

  #enter(open: OpenSheet): Room {
    const { sheet, name } = open;
    const { clock, files } = this.#about;
    const epoch = randomBytes(8).toString("hex");
    const room = new Room(sheet, { id: sheet.id, name, epoch, clock, files, notes: open });
    const saving = open.saving$.subscribe((how) => room.live.facts.tell(savingFacts(how)));
    // Closed in code, or by what is done to its files: it is opened anew for who comes next.
    const life = sheet.events$.subscribe({ complete: () => void this.#leave(sheet.id) });
    room.onShut = () => {
      saving.unsubscribe();
      life.unsubscribe();
    };
    void this.#tellNotices();
    return room;
  }

  /** Does something to a sheet while nobody looks at it. */
  async #alone(id: string, what: () => Promise<void>): Promise<void> {
    await this.#busy.get(id)?.catch(() => undefined);
    const busy = this.#leave(id).then(what);
    this.#busy.set(id, busy);
    try {
      await busy;
    } finally {
      this.#busy.delete(id);
    }
  }

  async #leave(id: string): Promise<void> {
    const known = this.#rooms.get(id);
    if (!known) return;
    this.#rooms.delete(id);
    const room = await known.catch(() => undefined);
    if (!room) return;
    room.leave();
    this.#about.shut(room);
  }

  async #tellNotices(): Promise<void> {
    for (const [id, opening] of [...this.#rooms]) {
      const notices = [...(this.#notices.get(undefined) ?? []), ...(this.#notices.get(id) ?? [])];
      const room = await opening.catch(() => undefined);
      if (notices.length > 0) room?.live.facts.tell({ notices });
    }
  }

  #lookLater(): void {
    this.#stopLooking = this.#about.clock.after(lookEvery, () => {
      void this.#lookForIdle();
      this.#lookLater();
    });
  }

  /** Runs belong to sheets, not to those who look: where something runs nothing is closed. */
  async #lookForIdle(): Promise<void> {
    for (const [id, opening] of [...this.#rooms]) {
      const room = await opening.catch(() => undefined);
      if (!room?.emptySince(idleAfter) || !(await atRest(room.sheet)) || !room.emptySince(idleAfter)) continue;
      await this.#leave(id);
      await (await this.#saved.openKept(id)).close();
    }
  }
}

/** The one sheet of a graph that is not kept. */
export class OneRoom implements Rooms {
  readonly #make: () => Room;
  #room: Room | undefined;

  /** `unsaved`: why it is not kept, where it should be. */
  constructor(graph: Graph, about: Pick<RoomsAbout, "clock" | "files">, unsaved?: string) {
    const only = { id: "sheet-1", name: "Sheet 1", epoch: randomBytes(8).toString("hex"), ...about };
    this.#make = () => {
      const room = new Room(graph.sheet({ name: only.name }), only);
      if (unsaved !== undefined) room.live.facts.tell({ saved: false, unsaved, notices: [unsaved] });
      return room;
    };
  }

  async begin(): Promise<void> {
    this.#room ??= this.#make();
  }

  async list(): Promise<readonly SheetEntry[]> {
    return this.#room ? [{ id: this.#room.id, name: this.#room.name, updated: new Date(), size: 0 }] : [];
  }

  async find(id: string): Promise<Room | undefined> {
    return id === this.#room?.id ? this.#room : undefined;
  }

  readonly sheets: Sheets = {
    list: () => this.list(),
    open: async (id) => {
      if (this.#room && id === this.#room.id) return this.#room.sheet;
      throw new Error(`There is no sheet '${id}'.`);
    },
    create: notKept,
    rename: notKept,
    duplicate: notKept,
    reset: notKept,
    delete: notKept,
    export: notKept,
    import: notKept,
    close: () => this.close(),
  };

  async close(): Promise<void> {
    this.#room?.close();
  }
}

async function notKept(): Promise<never> {
  throw new Refused(409, "not-kept", "The sheets of this graph are not saved: its persistKey is false.");
}

function savingFacts(how: OpenSheet["saving"]): { saved: boolean; unsaved: string | null } {
  return { saved: how.kind === "saved", unsaved: how.kind === "unsaved" ? how.why : null };
}

async function atRest(sheet: Sheet): Promise<boolean> {
  const turn = new Promise<false>((resolve) => setImmediate(() => resolve(false)));
  return Promise.race([sheet.settled().then(() => true), turn]);
}
