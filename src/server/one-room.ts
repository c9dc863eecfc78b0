/** The room of a graph whose sheets are not kept: there is one, in memory, for as long as the server runs. */
import { randomBytes } from "node:crypto";
import type { Graph } from "../engine/graph.ts";
import type { SheetEntry, Sheets } from "../persist/sheets.ts";
import { Refused } from "./refusal.ts";
import { Room } from "./room.ts";
import type { Rooms, RoomsAbout } from "./rooms.ts";

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

  readonly forCode = this.sheets;

  async close(): Promise<void> {
    this.#room?.close();
  }
}

async function notKept(): Promise<never> {
  throw new Refused(409, "not-kept", "The sheets of this graph are not saved: its persistKey is false.");
}
