/**
 * A Space of your own that asks for a user and a password: both come from the environment, and stand in no file. To try it here, start
 * one with `npm run gradio`, say where it lives and how to enter, and open it:
 *
 *     MILLRACE_SPACE_MILLERS_WHISPER=http://127.0.0.1:7871 MILL_USER=miller MILL_PASSWORD=grist millrace examples/10-behind-a-login/app.ts
 */
import { GradioNode, Graph, ui } from "millrace";

const whisper = new GradioNode("millers/whisper", {
  name: "Whisper",
  apiName: "/whisper",
  auth: () => [process.env.MILL_USER ?? "", process.env.MILL_PASSWORD ?? ""],
  inputs: { text: ui.textbox({ label: "Secret", value: "The flour is ready" }) },
  outputs: { said: ui.textbox({ label: "Whispered" }) },
});

export const graph = new Graph({ name: "Behind a login", nodes: [whisper] });
