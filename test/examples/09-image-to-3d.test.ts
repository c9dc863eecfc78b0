/** Image to 3D, as it is written: its Spaces are real Gradio apps on this machine, its model is a stand-in. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { graph } from "../../examples/09-image-to-3d/app.ts";
import type { Node } from "../../src/index.ts";
import { freePort, realGradio } from "../support/gradio/real.ts";
import { hubFor } from "../support/hub/for-a-file.ts";

const gradio = await realGradio();

const path = "/fal-ai/fal-ai/flux-2/klein/4b/edit";
const hub = hubFor((hub) => {
  hub.models.set("black-forest-labs/FLUX.2-klein-4B", {
    task: "text-to-image",
    providers: { "fal-ai": { task: "image-to-image", id: "fal-ai/flux-2/klein/4b/edit" } },
  });
  const made = "/fal-ai/fal-ai/flux-2/requests/r1";
  hub.gives(path, { request_id: "r1", status: "COMPLETED", response_url: `https://queue.fal.run${made.slice(7)}` });
  hub.gives(made, { images: [{ url: `${hub.router}/render.png` }] });
});

describe.skipIf(!gradio)("the photograph", () => {
  let app: ChildProcess;
  let ports: readonly [number, number];
  beforeAll(async () => {
    ports = [await freePort(), await freePort()];
    const env = { ...process.env, HF_TOKEN: "", GRADIO_ANALYTICS_ENABLED: "False" };
    app = spawn(gradio!.python, [join(import.meta.dirname, "spaces.py"), ...ports.map(String)], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise<void>((ready, reject) => {
      app.stdout!.on("data", (text) => String(text).includes("ready") && ready());
      app.once("exit", (code) => reject(new Error(`The Spaces ended before they were ready, with ${code}.`)));
    });
    const render = await sharp({ create: { width: 96, height: 64, channels: 3, background: "#8899aa" } })
      .png()
      .toBuffer();
    hub().gives("/render.png", render, "image/png");
  });
  afterAll(() => void app.kill("SIGKILL"));
  beforeEach(() => {
    vi.stubEnv("MILLRACE_SPACE_HF_APPLICATIONS_BACKGROUND_REMOVAL", `http://127.0.0.1:${ports[0]}`);
    vi.stubEnv("MILLRACE_SPACE_MICROSOFT_TRELLIS_2", `http://127.0.0.1:${ports[1]}`);
  });

  it("loses its background, becomes small, is drawn anew, and gets a third dimension", async () => {
    const sheet = graph.sheet();
    const ends = await sheet.runAll();

    const became = ends.map((end) => (end.kind === "failed" ? end.failure.message : end.kind));
    expect(became).toEqual(["ready", "ready", "ready", "ready"]);
    const cut = sheet.value(node("Cutout").outputs.image!) as { bytes(): Promise<Uint8Array> };
    expect((await sharp(await cut.bytes()).metadata()).hasAlpha).toBe(true);
    const [call] = hub().calls;
    const { image_url, prompt } = call!.json as { image_url: string; prompt: string };
    expect(prompt).toBe("Transform this into a clean 3D asset render");
    const sent = await sharp(Buffer.from(image_url.split(",")[1]!, "base64")).metadata();
    expect([sent.format, sent.width]).toEqual(["png", 512]);
    expect(sheet.value(node("Model").outputs.preview!)).toBe("<p>96x64, 7.5, 12</p>");
    // No Space saw the token: it goes to the Hub and to the router.
    expect(call?.headers.authorization).toBe("Bearer hf_standin");
    sheet.close();
  });
});

function node(name: string): Node {
  return graph.nodes.find((one) => one.name === name)!;
}
