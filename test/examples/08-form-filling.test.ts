/** The form filled in by a model, as it is written, against a stand-in for the model: fields, not text, and a person has the last word. */
import { afterEach, expect, it } from "vitest";
import { graph } from "../../examples/08-form-filling/app.ts";
import type { Node, Sheet } from "../../src/index.ts";
import { hubFor } from "../support/hub/for-a-file.ts";
import { streamed } from "../support/hub/stand-in.ts";

const form = { name: "Johanna Wehr", date: "2026-12-05", guests: 5, vegetarian: true };
const hub = hubFor((hub) => {
  const text = JSON.stringify(form);
  hub.answers.set("/v1/chat/completions", streamed([text.slice(0, 20), text.slice(20, 50), text.slice(50)]));
});

let sheet: Sheet;
afterEach(() => sheet.close());

it("the model is told the form, and each field of its answer has a port", async () => {
  sheet = graph.sheet();
  const end = await sheet.run(node("Reader"));

  expect(end).toMatchObject({ kind: "ready", outputs: form });
  expect(hub().calls[0]?.json).toMatchObject({
    model: "Qwen/Qwen3-32B",
    temperature: 0,
    response_format: {
      json_schema: { name: "booking", schema: { required: ["name", "date", "guests", "vegetarian"] } },
    },
  });
});

it("[I1] the booking is written, and waits for a person; what the model read wrongly is written over", async () => {
  sheet = graph.sheet();
  await sheet.run(node("Booking"));
  expect(sheet.value(node("Booking").outputs.booking!)).toBe(
    "**Johanna Wehr**, Saturday, 5 December 2026: a table for 5, with dishes without meat.",
  );
  sheet.pin(node("Reader").outputs.guests!, 6);
  await sheet.settled();
  expect(sheet.value(node("Booking").outputs.booking!)).toContain("a table for 6");

  const agreed = node("Looked over");
  expect(sheet.signal(agreed.outputs.output!).kind).toBe("pending");
  sheet.answer(agreed as never, true as never);
  expect(sheet.value(agreed.outputs.output!)).toContain("a table for 6");
  expect(hub().calls).toHaveLength(1);
});

function node(name: string): Node {
  return graph.nodes.find((one) => one.name === name)!;
}
