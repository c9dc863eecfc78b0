/**
 * Every task on the wire: under which path it is asked, what stands in the request for the inputs, how a server answers, and what a
 * port gets of that.
 */
import { mediaTasks } from "./media-tasks.ts";
import { textTasks } from "./text-tasks.ts";
import { film, type OnTheWire, painting, picture, pictureUrl } from "./wire.ts";

/** Tasks that the Hub's own servers offer. */
export const plainTasks: readonly OnTheWire[] = [...textTasks, ...mediaTasks];

/** Tasks that only a provider with a queue offers: asked for, asked whether it is ready, fetched from elsewhere. */
export const queuedTasks: readonly (Omit<OnTheWire, "path" | "answered"> & { readonly result: string })[] = [
  {
    task: "image-text-to-image",
    provider: "fal-ai",
    inputs: { image: picture },
    parameters: painting,
    sent: { ...painting, image_url: pictureUrl, image_urls: [pictureUrl] },
    result: "images",
    got: picture,
  },
  {
    task: "image-text-to-video",
    provider: "fal-ai",
    inputs: { image: picture },
    parameters: { ...painting, num_frames: 16 },
    sent: { ...painting, num_frames: 16, image_url: pictureUrl },
    result: "video",
    got: film,
  },
  {
    task: "image-to-video",
    provider: "fal-ai",
    inputs: { image: picture },
    parameters: { ...painting, num_frames: 16 },
    sent: { ...painting, num_frames: 16, image_url: pictureUrl },
    result: "video",
    got: film,
  },
  {
    task: "text-to-video",
    provider: "fal-ai",
    inputs: { prompt: "a mill" },
    parameters: {
      num_frames: 16,
      guidance_scale: 3.5,
      negative_prompt: ["people"],
      num_inference_steps: 28,
      seed: 42,
    },
    sent: {
      prompt: "a mill",
      num_frames: 16,
      guidance_scale: 3.5,
      negative_prompt: ["people"],
      num_inference_steps: 28,
      seed: 42,
    },
    result: "video",
    got: film,
  },
];
