/** Components and the types of their values: what a function may return for them, and what it may not. */
import {
  type ChatMessage,
  type Component,
  type DataframeValue,
  type FileRef,
  FnNode,
  type GalleryItem,
  InputNode,
  type InputPort,
  type LabelValue,
  type Port,
  ui,
} from "millrace";
import { same } from "./same.ts";

const room = new InputNode({
  name: "Room",
  ports: {
    sound: ui.audio({ sources: ["upload", "microphone"], maxSize: 1e6 }),
    film: ui.video(),
    paper: ui.file({ accept: [".pdf"] }),
    statue: ui.model3d(),
    pictures: ui.gallery({ columns: 3 }),
    table: ui.dataframe({ headers: ["Name", "Age"], value: { headers: ["Name", "Age"], data: [["Ada", 36]] } }),
    talk: ui.chatbot({ value: [{ role: "user", content: "Hello" }] }),
    animal: ui.label({ value: { label: "cat" }, topClasses: 3 }),
    page: ui.html({ value: "<b>a</b>" }),
  },
});
same<typeof room.inputs.sound, InputPort<FileRef>>(true);
same<typeof room.outputs.film, Port<FileRef>>(true);
same<typeof room.outputs.paper, Port<FileRef>>(true);
same<typeof room.outputs.statue, Port<FileRef>>(true);
same<typeof room.outputs.pictures, Port<GalleryItem[]>>(true);
same<typeof room.outputs.table, Port<DataframeValue>>(true);
same<typeof room.outputs.talk, Port<ChatMessage[]>>(true);
same<typeof room.outputs.animal, Port<LabelValue>>(true);
same<typeof room.outputs.page, Port<string>>(true);
same<ReturnType<typeof ui.gallery>, Component<GalleryItem[]>>(true);

new FnNode(({ talk, pictures }) => `${talk[0]?.role} ${pictures[0]?.caption ?? ""}`, {
  inputs: { talk: room.outputs.talk, pictures: room.outputs.pictures },
  outputs: { text: ui.html() },
});
new FnNode(() => "clip.mp4", { outputs: { film: ui.video() } });
new FnNode(() => new Uint8Array(1), { outputs: { sound: ui.audio() } });
new FnNode(() => [{ file: "a.png", caption: "A path" }, { file: new Blob([]) }], { outputs: { all: ui.gallery() } });
new FnNode(() => ({ headers: ["a"], data: [[1], ["x"], [null]] }), { outputs: { table: ui.dataframe() } });
new FnNode(() => [{ role: "assistant", content: "Hi" }], { outputs: { talk: ui.chatbot() } });
new FnNode(() => ({ label: "cat", confidences: [{ label: "cat", confidence: 0.9 }] }), {
  outputs: { animal: ui.label() },
});
// @ts-expect-error: nobody is called a model
new FnNode(() => [{ role: "model", content: "Hi" }], { outputs: { talk: ui.chatbot() } });
// @ts-expect-error: cells are no lists
new FnNode(() => ({ headers: ["a"], data: [[[1]]] }), { outputs: { table: ui.dataframe() } });
// @ts-expect-error: a confidence is a number
new FnNode(() => ({ label: "cat", confidences: [{ label: "cat", confidence: "90%" }] }), {
  outputs: { x: ui.label() },
});
// @ts-expect-error: a number is no file
new FnNode(() => 5, { outputs: { sound: ui.audio() } });
// @ts-expect-error: a string is never a file
ui.audio({ value: "a.wav" });
// @ts-expect-error: sound comes from no webcam
ui.audio({ sources: ["webcam"] });
// @ts-expect-error: headers are texts
ui.dataframe({ headers: [1] });
