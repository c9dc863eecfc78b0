/**
 * The sheets of a served graph, as rooms: opened when somebody comes, left alone while anything runs there or is not on disk,
 * closed when they have long been empty. What is done to a sheet is on disk before it is said to be done (D1).
 */
import { randomBytes } from "node:crypto";
import type { Sheet } from "../engine/sheet.ts";
import type { OpenSheet } from "../persist/open-sheet.ts";
import type { SavedSheets, SheetEntry, Sheets } from "../persist/sheets.ts";
import type { Clock } from "./clock.ts";
import type { Files } from "./files.ts";
import { Refused } from "./refusal.ts";
import { Room } from "./room.ts";

/** What a server needs of them. */
export interface Rooms {
  /** As they are asked for from outside: nobody holds what is opened. */
  readonly sheets: Sheets;
  /** The same for the app's own code: what it opens stays open until it closes it. */
  readonly forCode: Sheets;
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
  /** Milliseconds that nobody has to have come for before a sheet is closed. */
  readonly idleMs?: number;
}

/** Milliseconds: ten minutes without anybody, looked at once a minute or, where less is asked for, more often; storage is put in order once an hour. */
const usualIdle = 10 * 60_000;
const lookEvery = { most: 60_000, least: 1_000 };
const tidyEvery = 60 * 60_000;

/** A room, and its sheet as it is kept. */
interface Entered {
  readonly room: Room;
  readonly open: OpenSheet;
}

export class KeptRooms implements Rooms {
  readonly #saved: SavedSheets;
  readonly #about: RoomsAbout;
  readonly #idleMs: number;
  readonly #rooms = new Map<string, Promise<Entered>>();
  /** The sheets that the app's own code has opened. */
  readonly #held = new Set<Sheet>();
  /** Sheets that are being reset or deleted: nobody comes in meanwhile. */
  readonly #busy = new Map<string, Promise<void>>();
  readonly #notices = new Map<string | undefined, string[]>();
  #stopLooking: () => void = () => undefined;
  #tidied: number;

  constructor(saved: SavedSheets, about: RoomsAbout) {
    this.#saved = saved;
    this.#about = about;
    this.#idleMs = about.idleMs ?? usualIdle;
    this.#tidied = about.clock.now();
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
    await this.#free(id);
    let known = this.#rooms.get(id);
    if (!known) {
      if (!(await this.#named(id))) return undefined;
      if (this.#busy.has(id)) return this.find(id);
      known = this.#rooms.get(id) ?? this.#open(id);
    }
    const { room } = await known;
    room.visit();
    return room;
  }

  async #free(id: string): Promise<void> {
    for (let busy = this.#busy.get(id); busy; busy = this.#busy.get(id)) await busy.catch(() => undefined);
  }

  async #named(id: string): Promise<boolean> {
    return (await this.#saved.list()).some((entry) => entry.id === id);
  }

  #open(id: string): Promise<Entered> {
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
    open: (id) => this.#visited(this.#saved.open(id)),
    create: (options) => this.#visited(this.#saved.create(options)),
    rename: async (id, name) => {
      await this.#saved.rename(id, name);
      (await this.#rooms.get(id))?.room.rename(name.trim());
    },
    duplicate: (id, options) => this.#visited(this.#saved.duplicate(id, options)),
    reset: (id) => this.#alone(id, () => this.#saved.reset(id)),
    delete: async (id) => {
      await this.#alone(id, () => this.#saved.delete(id));
      await this.begin();
    },
    export: (id) => this.#saved.export(id),
    import: (file) => this.#visited(this.#saved.import(file)),
    close: () => this.close(),
  };

  readonly forCode: Sheets = {
    ...this.sheets,
    open: (id) => this.#hold(this.#saved.open(id)),
    create: (options) => this.#hold(this.#saved.create(options)),
    duplicate: (id, options) => this.#hold(this.#saved.duplicate(id, options)),
    import: (file) => this.#hold(this.#saved.import(file)),
  };

  async close(): Promise<void> {
    this.#stopLooking();
    for (const id of [...this.#rooms.keys()]) await this.#leave(id);
    await this.#saved.close();
  }

  // ── one room

  /** What is open has a room, which is closed when nobody comes. */
  async #visited(opening: Promise<Sheet>): Promise<Sheet> {
    const sheet = await opening;
    await this.find(sheet.id);
    return sheet;
  }

  async #hold(opening: Promise<Sheet>): Promise<Sheet> {
    const sheet = await opening;
    this.#held.add(sheet);
    sheet.events$.subscribe({ complete: () => this.#held.delete(sheet) });
    return sheet;
  }

  #enter(open: OpenSheet): Entered {
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
    return { room, open };
  }

  /** Does something to a sheet while nobody looks at it. */
  async #alone(id: string, what: () => Promise<void>): Promise<void> {
    if (this.#busy.has(id)) await this.#free(id);
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
    const entered = await known.catch(() => undefined);
    if (!entered) return;
    entered.room.leave();
    this.#about.shut(entered.room);
  }

  async #tellNotices(): Promise<void> {
    for (const [id, opening] of [...this.#rooms]) {
      const notices = [...(this.#notices.get(undefined) ?? []), ...(this.#notices.get(id) ?? [])];
      const entered = await opening.catch(() => undefined);
      if (notices.length > 0) entered?.room.live.facts.tell({ notices });
    }
  }

  // ── now and then

  #lookLater(): void {
    const { clock } = this.#about;
    this.#stopLooking = clock.after(Math.max(lookEvery.least, Math.min(this.#idleMs, lookEvery.most)), () => {
      void this.#closeIdle();
      if (clock.now() - this.#tidied >= tidyEvery) {
        this.#tidied = clock.now();
        void this.#saved.collect().catch(() => undefined);
      }
      this.#lookLater();
    });
  }

  async #closeIdle(): Promise<void> {
    for (const [id, opening] of [...this.#rooms]) {
      const entered = await opening.catch(() => undefined);
      if (entered && (await atRest(entered.room.sheet)) && this.#idle(entered))
        await this.#alone(id, () => entered.open.close()).catch(() => undefined);
    }
  }

  /** Nobody looks, and nobody would miss anything: code holds no part of it, and it comes back exactly as it is. */
  #idle({ room, open }: Entered): boolean {
    return room.emptySince(this.#idleMs) && !this.#held.has(room.sheet) && open.allOnDisk;
  }
}

function savingFacts(how: OpenSheet["saving"]): { saved: boolean; unsaved: string | null } {
  return { saved: how.kind === "saved", unsaved: how.kind === "unsaved" ? how.why : null };
}

/** Runs belong to sheets, not to those who look: where something runs nothing is closed. */
async function atRest(sheet: Sheet): Promise<boolean> {
  const turn = new Promise<false>((resolve) => setImmediate(() => resolve(false)));
  return Promise.race([sheet.settled().then(() => true), turn]);
}
