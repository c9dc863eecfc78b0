/** The quickstart on a living sheet: what it makes is a real postcard, and an edit runs what depends on it and nothing else. */
import { firstValueFrom } from "rxjs";
import { filter, take, toArray } from "rxjs/operators";
import sharp from "sharp";
import { afterEach, expect, test } from "vitest";
import { graph } from "../../examples/01-quickstart/app.ts";
import { FileRef, type Sheet } from "../../src/index.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

test("the postcard is a JPEG with a white border around a picture 900 wide, and its five colours below", async () => {
  sheet = await opened(900);
  const card = await postcard();
  const { data, info } = await sharp(await card.bytes())
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) =>
    Array.from(data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3));

  expect(card.type).toBe("image/jpeg");
  expect([info.width, info.height]).toEqual([972, 753]);
  expect(Math.min(...at(2, 2), ...at(969, 750), ...at(20, 400))).toBeGreaterThan(245);
  for (const [index, hex] of palette().entries()) {
    for (const [channel, level] of levels(hex).entries()) {
      expect(Math.abs(at(126 + index * 180, 685)[channel]! - level)).toBeLessThan(6);
    }
  }
});

test("the palette is five different colours, from dark to light", async () => {
  sheet = await opened(300);
  const light = palette().map((hex) =>
    levels(hex).reduce((sum, level, channel) => sum + level * [0.21, 0.72, 0.07][channel]!, 0),
  );

  for (const hex of palette()) expect(hex).toMatch(/^#[0-9a-f]{6}$/);
  expect(new Set(palette()).size).toBe(5);
  expect(light).toEqual(light.toSorted((a, b) => a - b));
});

test("[W5] setting the strength runs Duotone and Postcard, and nothing else", async () => {
  sheet = await opened(300);
  const before = await postcard();

  expect(await ranBy(() => sheet.set(node("Duotone").inputs.strength!, 0.25))).toEqual(["Duotone", "Postcard"]);
  expect((await postcard()).id).not.toBe(before.id);
});

test("[W5] setting the caption runs Lettering and Postcard, and nothing else", async () => {
  sheet = await opened(300);
  const before = await postcard();

  expect(await ranBy(() => sheet.set(node("Lettering").inputs.caption!, "See you at the weir"))).toEqual([
    "Lettering",
    "Postcard",
  ]);
  expect((await postcard()).id).not.toBe(before.id);
});

test("[W6] a caption that differs in blanks alone gives equal letters, so the postcard stands", async () => {
  sheet = await opened(300);

  expect(await ranBy(() => sheet.set(node("Lettering").inputs.caption!, "Greetings from the old mill  "))).toEqual([
    "Lettering",
  ]);
  expect(sheet.signal(node("Postcard").outputs.postcard!).kind).toBe("ready");
});

test("[W7] setting a value that is there already runs nothing", async () => {
  sheet = await opened(300);
  const ours = sheet.value(node("Photo").outputs.photo!);

  const edits = () => {
    sheet.set(node("Duotone").inputs.strength!, 0.8);
    sheet.set(node("Lettering").inputs.caption!, "Greetings from the old mill");
    sheet.set(node("Resize").inputs.width!, 300);
    sheet.set(node("Photo").inputs.photo!, ours);
  };
  expect(await ranBy(edits)).toEqual([]);
});

test("a blank caption leaves the picture without letters", async () => {
  sheet = await opened(300);

  expect(await ranBy(() => sheet.set(node("Lettering").inputs.caption!, ""))).toEqual(["Lettering", "Postcard"]);
  expect((await postcard()).type).toBe("image/jpeg");
});

test("[R2] stopping Duotone in the middle ends it there, keeps its last print, and the card can be asked again", async () => {
  sheet = await opened(300);
  const ended = firstValueFrom(sheet.events$.pipe(filter((event) => event.kind === "run-ended")));
  const heard: number[] = [];
  sheet.events$.subscribe((event) => event.kind === "run-progress" && heard.push(event.progress.fraction ?? 0));
  const third = firstValueFrom(
    sheet.events$.pipe(
      filter((event) => event.kind === "run-progress"),
      take(3),
      toArray(),
    ),
  );

  sheet.set(node("Duotone").inputs.strength!, 0.5);
  await third;
  sheet.cancel(node("Duotone"));
  const end = await ended;
  await sheet.settled();

  expect(end).toMatchObject({
    run: { node: "Duotone", outcome: "cancelled", failure: { reason: "cancelled", by: "person" } },
  });
  expect(heard.length).toBe(3);
  expect(sheet.signal(node("Duotone").outputs.print!)).toMatchObject({ kind: "stale", last: { name: "print.jpg" } });

  const outcome = await sheet.run(node("Postcard"));
  expect(outcome.kind).toBe("ready");
});

test("two sheets with equal inputs give equal bytes", async () => {
  sheet = await opened(300);
  const first = await (await postcard()).bytes();
  sheet.close();
  sheet = await opened(300);
  const second = await (await postcard()).bytes();

  expect(Buffer.compare(first, second)).toBe(0);
});

test("a photograph of one's own goes all the way, even a small grey one on its side and with holes", async () => {
  sheet = await opened(300);
  const grey = await sharp({
    create: { width: 60, height: 40, channels: 4, background: { r: 90, g: 90, b: 90, alpha: 0.4 } },
  })
    .toColourspace("b-w")
    .withMetadata({ orientation: 6 })
    .png()
    .toBuffer();
  const own = await FileRef.fromBytes(grey, { name: "own.png" });

  const ran = await ranBy(() => sheet.set(node("Photo").inputs.photo!, own));

  expect(ran.toSorted()).toEqual(["Duotone", "Palette", "Postcard", "Resize"]);
  const size = await sharp(await (await postcard()).bytes()).metadata();
  expect([size.width, size.height]).toEqual([44, 68]);
});

/** A sheet with everything made, from a photograph of this width: a small one is made sooner. */
async function opened(width: number): Promise<Sheet> {
  const living = graph.sheet();
  living.set(node("Resize").inputs.width!, width);
  await living.settled();
  return living;
}

/** The names of the nodes that start a run because of these edits, in order. */
async function ranBy(edits: () => void): Promise<string[]> {
  const ran: string[] = [];
  const ledger = sheet.events$.subscribe((event) => event.kind === "run-started" && ran.push(event.run.node));
  edits();
  await sheet.settled();
  ledger.unsubscribe();
  return ran;
}

async function postcard(): Promise<FileRef> {
  const signal = sheet.signal(node("Postcard").outputs.postcard!);
  if (signal.kind !== "ready") throw new Error(`The postcard is ${JSON.stringify(signal)}.`);
  return signal.value as FileRef;
}

function palette(): readonly string[] {
  return sheet.value(node("Palette").outputs.colours!) as string[];
}

function node(name: string) {
  const found = graph.nodes.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`There is no node ${name}.`);
  return found;
}

function levels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
