/**
 * Filling in a form: a letter as people write it goes in, a model reads the fields out of it, the booking is
 * written, and a person looks it over. `millrace examples/08-form-filling/app.ts` opens it; a Hugging Face token pays (HF_TOKEN, or `hf auth login`).
 *
 *     Letter -> Reader -> Booking -> Looked over
 */
import { Approve, FnNode, Graph, InferenceNode, ui } from "millrace";

const letter = `Dear mill,
we would love to come by on the 5th of December, my husband, the three children and I. Two of us eat no meat.
Yours, Johanna Wehr`;

const reader = new InferenceNode("Qwen/Qwen3-32B", {
  name: "Reader",
  task: "chat-completion",
  inputs: {
    prompt: ui.textbox({ label: "Letter", value: letter, lines: 6 }),
    system: "You read bookings of a restaurant out of letters. It is 2026. Answer with the form alone, as JSON.",
    temperature: 0,
    response_format: {
      type: "json_schema",
      json_schema: {
        name: "booking",
        strict: true,
        schema: {
          type: "object",
          properties: {
            name: { type: "string" },
            date: { type: "string", description: "yyyy-mm-dd" },
            guests: { type: "integer" },
            vegetarian: { type: "boolean" },
          },
          required: ["name", "date", "guests", "vegetarian"],
          additionalProperties: false,
        },
      },
    },
  },
  // A model may count wrongly: what it read can be written over, field by field, on its card.
  postprocess: (text: unknown) => JSON.parse(String(text)),
  outputs: {
    name: ui.textbox({ label: "Name" }),
    date: ui.textbox({ label: "Date" }),
    guests: ui.number({ label: "Guests", minimum: 1 }),
    vegetarian: ui.checkbox({ label: "Without meat" }),
  },
});

const booking = new FnNode(
  ({ name, date, guests, vegetarian }) =>
    `**${name}**, ${new Date(`${date}T00:00`).toLocaleDateString("en-GB", { dateStyle: "full" })}: a table for ${guests}${vegetarian ? ", with dishes without meat" : ""}.`,
  {
    name: "Booking",
    inputs: reader.outputs,
    outputs: { booking: ui.markdown({ label: "Booking" }) },
  },
);

const agreed = new Approve(booking.outputs.booking, { name: "Looked over" });

export const graph = new Graph({ name: "Bookings", nodes: [agreed] });
