/** The examples that call Spaces alone, as they are written: where a Space lives is said in the environment, and a real Gradio answers there. */
import sharp from "sharp";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { FileRef, Graph, Node, OutputPort } from "../../src/index.ts";
import { realGradio } from "../support/gradio/real.ts";

const gradio = await realGradio();
const everything = [
  "HF_APPLICATIONS_Z_IMAGE_TURBO",
  "HF_APPLICATIONS_BACKGROUND_REMOVAL",
  "GOKAYGOKAY_FLORENCE_2",
  "FANCYFEAST_JOY_CAPTION_PRE_ALPHA",
  "GOKAYGOKAY_FLORENCE_2_SD3_CAPTIONER",
];
beforeAll(() => {
  for (const space of everything) vi.stubEnv(`MILLRACE_SPACE_${space}`, gradio?.url ?? "");
  vi.stubEnv("MILLRACE_SPACE_MILLERS_WHISPER", gradio?.guarded ?? "");
  return () => vi.unstubAllEnvs();
});

/** The values of ports that are named `Node.port`, after everything has run. */
async function after(graph: Graph, ...names: readonly string[]): Promise<readonly unknown[]> {
  const sheet = graph.sheet();
  try {
    const ends = await sheet.runAll();
    expect(ends.filter(({ kind }) => kind !== "ready")).toEqual([]);
    return names.map((name) => {
      const [node, port] = name.split(".") as [string, string];
      const found = graph.nodes.find((one: Node) => one.name === node);
      return sheet.value(found?.outputs[port] as OutputPort<unknown>);
    });
  } finally {
    sheet.close();
  }
}
const pictured = async (file: unknown) => sharp(await (file as FileRef).bytes());

describe.skipIf(!gradio)("examples", () => {
  test("03: a picture is painted, cut out and put on a colour", async () => {
    const { graph } = await import("../../examples/03-transparent-background/app.ts");
    const [painted, cut, card] = await after(graph, "Painting.image", "Cutout.image", "Card.image");
    const { width, height } = await (await pictured(painted)).metadata();
    expect([width, height]).toEqual([1024, 1024]);
    expect((cut as FileRef).name).toBe("mirrored.png");
    expect((await (await pictured(card)).metadata()).hasAlpha).toBe(false);
  });

  test("04: one card feeds a Space and a step here", async () => {
    const { graph } = await import("../../examples/04-background-removal/app.ts");
    const [original, sticker] = await after(graph, "Cutout.original", "Sticker.sticker");
    expect((original as FileRef).type).toMatch(/^image\//);
    const { width, height } = await (await pictured(sticker)).metadata();
    expect([width, height]).toEqual([256, 256]);
  });

  test("07: three Spaces caption one photograph at once", async () => {
    const { graph } = await import("../../examples/07-three-captions/app.ts");
    const sheet = graph.sheet();
    const under = new Set<string>();
    let most = 0;
    sheet.events$.subscribe((event) => {
      if (event.kind === "run-started") under.add(event.run.node);
      if (event.kind === "run-ended") under.delete(event.run.node);
      most = Math.max(most, under.size);
    });
    await sheet.runAll();
    const [captions] = [sheet.value(graph.nodes.at(-1)?.outputs.captions as OutputPort<unknown>)];
    sheet.close();
    expect(most).toBe(3);
    expect(String(captions).split("\n")).toEqual([
      expect.stringMatching(
        /^- \*\*Florence-2\*\* Detailed Caption by microsoft\/Florence-2-large: \d+ x \d+, #[0-9a-f]{6}$/,
      ),
      expect.stringMatching(/^- \*\*JoyCaption\*\* A joyful \d+ x \d+/),
      expect.stringMatching(/^- \*\*Florence-2 SD3\*\* \d+ x \d+/),
    ]);
  });

  test("10: a Space lets in who says who they are, and says so when nobody does", async () => {
    const { graph } = await import("../../examples/10-behind-a-login/app.ts");
    const sheet = graph.sheet();
    const [refused] = await sheet.runAll();
    expect(refused).toMatchObject({ kind: "failed", failure: { reason: "remote-refused", status: 401 } });
    sheet.close();
    vi.stubEnv("MILL_USER", "miller");
    vi.stubEnv("MILL_PASSWORD", "grist");
    expect(await after(graph, "Whisper.said")).toEqual(["psst: The flour is ready"]);
  });
});
