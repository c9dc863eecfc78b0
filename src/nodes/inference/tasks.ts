/**
 * The tasks that a model can be asked for: under which names an input is taken, where it goes in the request, which parameters
 * there are, and what comes back. The parameters are those of the Hub's own specifications of its tasks; a test compares.
 */

/** What is sent as an input: the thing itself, or a field of it. */
export interface TaskInput {
  /** What the author may call it; the first name is the one that messages use. */
  readonly names: readonly [string, ...string[]];
  readonly kind: "text" | "image" | "audio" | "table" | "json";
  /** Where it goes; left out where it is all that is sent as `inputs`. */
  readonly field?: string;
  readonly optional?: true;
}

/** What an answer is made of. */
export type Gives =
  | "text"
  | "transcript"
  | "labels"
  | "answer"
  | "entities"
  | "masks"
  | "json"
  | "image"
  | "video"
  | "audio"
  | "sounds";

export interface Task {
  /** The client's method. */
  readonly method: string;
  readonly inputs: readonly TaskInput[];
  readonly parameters: readonly string[];
  /** Parameters that it cannot do without. */
  readonly required?: readonly string[];
  /** True where parameters stand beside `inputs`, not under `parameters`. */
  readonly flat?: true;
  /** True where the plain request is the file's bytes and nothing else, so that parameters need another form. */
  readonly bytes?: true;
  readonly gives: Gives;
}

const text = { names: ["text", "prompt", "inputs"], kind: "text" } as const;
const prompt = { names: ["prompt", "text", "inputs"], kind: "text" } as const;
const image = { names: ["image", "inputs"], kind: "image" } as const;
const audio = { names: ["audio", "inputs"], kind: "audio" } as const;
const question = { names: ["question"], kind: "text", field: "question" } as const;

/** How a language model goes on; some tasks take these by themselves, or together as `generation_parameters`. */
const generation = [
  ...["temperature", "top_k", "top_p", "typical_p", "epsilon_cutoff", "eta_cutoff", "max_length", "max_new_tokens"],
  ...["min_length", "min_new_tokens", "do_sample", "early_stopping", "num_beams", "num_beam_groups"],
  ...["penalty_alpha", "use_cache", "generation_parameters"],
] as const;
const answering = ["top_k", "doc_stride", "max_answer_len", "max_seq_len", "max_question_len"] as const;
const rewriting = ["clean_up_tokenization_spaces", "truncation", "generate_parameters"] as const;
const painting = ["prompt", "guidance_scale", "negative_prompt", "num_inference_steps", "target_size", "seed"] as const;
const scoring = ["function_to_apply", "top_k"] as const;

/** Every task but the conversation, by its name on the Hub. */
export const tasks: Readonly<Record<string, Task>> = {
  "audio-classification": {
    method: "audioClassification",
    inputs: [audio],
    parameters: scoring,
    bytes: true,
    gives: "labels",
  },
  "audio-to-audio": { method: "audioToAudio", inputs: [audio], parameters: [], bytes: true, gives: "sounds" },
  "automatic-speech-recognition": {
    method: "automaticSpeechRecognition",
    inputs: [audio],
    parameters: ["return_timestamps", ...generation],
    bytes: true,
    gives: "transcript",
  },
  "document-question-answering": {
    method: "documentQuestionAnswering",
    inputs: [{ ...image, field: "image" }, question],
    parameters: [...answering, "handle_impossible_answer", "lang", "word_boxes"],
    gives: "answer",
  },
  "feature-extraction": {
    method: "featureExtraction",
    inputs: [{ ...text, kind: "json" }],
    parameters: ["normalize", "prompt_name", "truncate", "truncation_direction", "encoding_format", "dimensions"],
    flat: true,
    gives: "json",
  },
  "fill-mask": { method: "fillMask", inputs: [text], parameters: ["top_k", "targets"], gives: "entities" },
  "image-classification": {
    method: "imageClassification",
    inputs: [image],
    parameters: scoring,
    bytes: true,
    gives: "labels",
  },
  "image-segmentation": {
    method: "imageSegmentation",
    inputs: [image],
    parameters: ["mask_threshold", "overlap_mask_area_threshold", "subtask", "threshold"],
    gives: "masks",
  },
  "image-text-to-image": {
    method: "imageTextToImage",
    inputs: [{ ...image, optional: true }],
    parameters: painting,
    gives: "image",
  },
  "image-text-to-video": {
    method: "imageTextToVideo",
    inputs: [{ ...image, optional: true }],
    parameters: [...painting, "num_frames"],
    gives: "video",
  },
  "image-to-image": { method: "imageToImage", inputs: [image], parameters: painting, gives: "image" },
  "image-to-text": { method: "imageToText", inputs: [image], parameters: generation, bytes: true, gives: "text" },
  "image-to-video": {
    method: "imageToVideo",
    inputs: [image],
    parameters: [...painting, "num_frames"],
    gives: "video",
  },
  "object-detection": {
    method: "objectDetection",
    inputs: [image],
    parameters: ["threshold"],
    bytes: true,
    gives: "json",
  },
  "question-answering": {
    method: "questionAnswering",
    inputs: [question, { names: ["context"], kind: "text", field: "context" }],
    parameters: [...answering, "handle_impossible_answer", "align_to_words"],
    gives: "answer",
  },
  "sentence-similarity": {
    method: "sentenceSimilarity",
    inputs: [
      { names: ["source_sentence", "sentence"], kind: "text", field: "source_sentence" },
      { names: ["sentences", "other_sentences"], kind: "json", field: "sentences" },
    ],
    parameters: [],
    gives: "json",
  },
  summarization: { method: "summarization", inputs: [text], parameters: rewriting, gives: "text" },
  "table-question-answering": {
    method: "tableQuestionAnswering",
    // The Hub's specification calls it a question; the servers ask for a query.
    inputs: [
      { names: ["query", "question"], kind: "text", field: "query" },
      { names: ["table"], kind: "table", field: "table" },
    ],
    parameters: ["padding", "sequential", "truncation"],
    gives: "answer",
  },
  "tabular-classification": {
    method: "tabularClassification",
    inputs: [{ names: ["table", "data"], kind: "table", field: "data" }],
    parameters: [],
    gives: "json",
  },
  "tabular-regression": {
    method: "tabularRegression",
    inputs: [{ names: ["table", "data"], kind: "table", field: "data" }],
    parameters: [],
    gives: "json",
  },
  "text-classification": { method: "textClassification", inputs: [text], parameters: scoring, gives: "labels" },
  "text-generation": {
    method: "textGeneration",
    inputs: [prompt],
    parameters: [
      ...["adapter_id", "best_of", "decoder_input_details", "details", "do_sample", "frequency_penalty", "grammar"],
      ...["max_new_tokens", "repetition_penalty", "return_full_text", "seed", "stop", "temperature", "top_k"],
      ...["top_n_tokens", "top_p", "truncate", "typical_p", "watermark"],
    ],
    gives: "text",
  },
  "text-to-audio": { method: "textToAudio", inputs: [text], parameters: generation, gives: "audio" },
  "text-to-image": {
    method: "textToImage",
    inputs: [prompt],
    parameters: [
      ...["guidance_scale", "negative_prompt", "num_inference_steps", "width", "height", "scheduler", "seed"],
    ],
    gives: "image",
  },
  "text-to-speech": {
    method: "textToSpeech",
    inputs: [text],
    parameters: [...generation, "voice", "speed"],
    gives: "audio",
  },
  "text-to-video": {
    method: "textToVideo",
    inputs: [prompt],
    parameters: ["num_frames", "guidance_scale", "negative_prompt", "num_inference_steps", "seed"],
    gives: "video",
  },
  "token-classification": {
    method: "tokenClassification",
    inputs: [text],
    parameters: ["ignore_labels", "stride", "aggregation_strategy"],
    gives: "entities",
  },
  translation: {
    method: "translation",
    inputs: [text],
    parameters: ["src_lang", "tgt_lang", ...rewriting],
    gives: "text",
  },
  "visual-question-answering": {
    method: "visualQuestionAnswering",
    inputs: [{ ...image, field: "image" }, question],
    parameters: ["top_k"],
    gives: "answer",
  },
  "zero-shot-classification": {
    method: "zeroShotClassification",
    inputs: [text],
    parameters: ["candidate_labels", "hypothesis_template", "multi_label"],
    required: ["candidate_labels"],
    gives: "labels",
  },
  "zero-shot-image-classification": {
    method: "zeroShotImageClassification",
    inputs: [image],
    parameters: ["candidate_labels", "hypothesis_template"],
    required: ["candidate_labels"],
    gives: "labels",
  },
};
