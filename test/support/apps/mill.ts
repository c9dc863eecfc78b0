/**
 * A mill in the test's hand: Mill works until it is told what it made, by messages to this process, and says when it begins
 * and when it is stopped. Steps with a star wait to be asked.
 *
 *   Grain -> Sift -> Mill* -> Bake* -> Seal      Label
 */
import { FnNode, Graph, InputNode, ui } from "millrace";
import { told } from "./told.ts";

const grain = new InputNode({ name: "Grain", ports: { grain: ui.textbox({ label: "Grain", value: "rye" }) } });

const sift = new FnNode(({ grain }) => grain.trim(), {
  name: "Sift",
  inputs: { grain: grain.outputs.grain },
  outputs: { clean: ui.textbox({ label: "Clean" }) },
});

const mill = new FnNode(({ clean, speed }, run) => told("Mill", { clean, speed }, run), {
  name: "Mill",
  trigger: "manual",
  inputs: { clean: sift.outputs.clean, speed: ui.number({ label: "Speed", minimum: 1, maximum: 10, value: 3 }) },
  outputs: { flour: ui.textbox({ label: "Flour" }) },
});

const bake = new FnNode(({ flour, minutes }) => `${flour} bread, ${minutes} minutes`, {
  name: "Bake",
  trigger: "manual",
  inputs: {
    flour: mill.outputs.flour,
    minutes: ui.slider({ label: "Minutes", minimum: 10, maximum: 90, step: 5, value: 40 }),
  },
  outputs: { bread: ui.textbox({ label: "Bread" }) },
});

const seal = new FnNode(({ bread }) => `${bread}, sealed`, {
  name: "Seal",
  inputs: { bread: bake.outputs.bread },
  outputs: { parcel: ui.textbox({ label: "Parcel" }) },
});

const label = new FnNode(({ words, copies }) => `${words} x ${copies}`, {
  name: "Label",
  inputs: {
    words: ui.textbox({ label: "Words", value: "From the mill" }),
    copies: ui.number({ label: "Copies", minimum: 1, maximum: 10, value: 2 }),
  },
  outputs: { printed: ui.textbox({ label: "Printed" }) },
});

export const graph = new Graph({ name: "Mill", nodes: [seal, label] });
