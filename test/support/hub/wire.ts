/** What a task on the wire is written down as, and what stands for files there. */
export interface OnTheWire {
  readonly task: string;
  readonly provider: string;
  /** Inputs besides the parameters; `image` and `audio` stand for files. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Parameters by name, all that the task has. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly path: string;
  /** The request's body. */
  readonly sent: unknown;
  /** What is answered: JSON, or a file. */
  readonly answered: unknown;
  /** What the first port gets; a file is told by its bytes. */
  readonly got: unknown;
}

/** Stand for files: in inputs, answers and results. */
export const picture = Symbol("picture");
export const sound = Symbol("sound");
export const film = Symbol("film");
/** Stand for a file in the middle of JSON. */
export const picture64 = Symbol("picture in base64");
export const sound64 = Symbol("sound in base64");
export const pictureUrl = Symbol("picture as data");

export const at = (task: string) => `/hf-inference/models/owner/${task}`;
export const scored = [
  { label: "mill", score: 0.75 },
  { label: "weir", score: 0.25 },
];
export const byLabel = { mill: 0.75, weir: 0.25 };
export const generation = {
  temperature: 0.5,
  top_k: 40,
  top_p: 0.9,
  typical_p: 0.8,
  epsilon_cutoff: 0.001,
  eta_cutoff: 0.002,
  max_length: 90,
  max_new_tokens: 80,
  min_length: 3,
  min_new_tokens: 2,
  do_sample: true,
  early_stopping: "never",
  num_beams: 4,
  num_beam_groups: 2,
  penalty_alpha: 0.6,
  use_cache: false,
  generation_parameters: { temperature: 0.7 },
};
export const scoring = { function_to_apply: "softmax", top_k: 3 };
export const answering = { top_k: 3, doc_stride: 64, max_answer_len: 15, max_seq_len: 384, max_question_len: 32 };
export const painting = {
  prompt: "at dusk",
  guidance_scale: 3.5,
  negative_prompt: "people",
  num_inference_steps: 28,
  target_size: { width: 640, height: 480 },
  seed: 42,
};
