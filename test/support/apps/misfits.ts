/**
 * Functions that misbehave, each in a way of its own, and Calm, which does not. Broken fails whenever it is tried for the
 * first time after its input changed, and works when it is tried again.
 *
 *   Broken -> After      Silent      Endless      Blocker*      Calm
 */
import { FnNode, Graph, ui } from "millrace";

let tried = "";

const broken = new FnNode(
  ({ wheel }) => {
    if (tried !== wheel) {
      tried = wheel;
      throw new Error(`The ${wheel} wheel came off, see /var/mill/wheels/spokes.txt.`);
    }
    return `${wheel} wheel`;
  },
  {
    name: "Broken",
    inputs: { wheel: ui.textbox({ label: "Wheel", value: "oak" }) },
    outputs: { wheel: ui.textbox({ label: "Made" }) },
  },
);

const after = new FnNode(({ wheel }) => `a cart on an ${wheel}`, {
  name: "After",
  inputs: { wheel: broken.outputs.wheel },
  outputs: { cart: ui.textbox({ label: "Cart" }) },
});

const silent = new FnNode((_: { word: string }) => undefined as unknown as string, {
  name: "Silent",
  inputs: { word: ui.textbox({ label: "Word", value: "hush" }) },
  outputs: { said: ui.textbox({ label: "Said" }) },
});

const endless = new FnNode((_: { thread: string }) => new Promise<string>(() => undefined), {
  name: "Endless",
  timeout: 300,
  inputs: { thread: ui.textbox({ label: "Thread", value: "flax" }) },
  outputs: { cloth: ui.textbox({ label: "Cloth" }) },
});

const blocker = new FnNode(
  ({ ms }) => {
    const end = performance.now() + ms;
    while (performance.now() < end);
    return "awake again";
  },
  {
    name: "Blocker",
    trigger: "manual",
    inputs: { ms: ui.number({ label: "Milliseconds", value: 1000 }) },
    outputs: { state: ui.textbox({ label: "State" }) },
  },
);

const calm = new FnNode(({ text }) => text.toUpperCase(), {
  name: "Calm",
  inputs: { text: ui.textbox({ label: "Text", value: "all is well" }) },
  outputs: { loud: ui.textbox({ label: "Loud" }) },
});

export const graph = new Graph({ name: "Misfits", nodes: [after, silent, endless, blocker, calm] });
