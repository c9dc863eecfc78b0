/**
 * The part of `@gradio/client` that is used here, as types of our own: the library's are `any` under Node's module resolution
 * and want a package that is not there, so they reach nobody.
 */
import { Client } from "@gradio/client";

/** One endpoint as an app's configuration has it. */
export interface Dependency {
  readonly id: number;
  readonly api_name?: string | false | null;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly queue?: boolean | null;
  readonly types?: { readonly generator?: boolean; readonly cancel?: boolean };
  readonly api_visibility?: string;
}

/** An app's configuration, as far as it is read. */
export interface Config {
  readonly version?: string;
  readonly protocol?: string;
  readonly root: string;
  readonly api_prefix?: string;
  readonly app_id?: number | string;
  readonly space_id?: string | null;
  readonly enable_queue?: boolean;
  readonly max_file_size?: number | null;
  readonly components: readonly {
    readonly id: number;
    readonly type: string;
  }[];
  readonly dependencies: readonly Dependency[];
}

/** What a job tells. */
export type JobEvent =
  | { readonly type: "data"; readonly data: readonly unknown[] }
  | {
      readonly type: "status";
      readonly stage: "pending" | "generating" | "streaming" | "complete" | "error";
      readonly position?: number;
      readonly eta?: number;
      readonly code?: string;
      readonly message?: unknown;
      readonly title?: string;
      readonly broken?: boolean;
      readonly original_msg?: string;
      readonly progress_data?: readonly ProgressUnit[] | null;
    }
  | { readonly type: "log"; readonly log: string; readonly level: string; readonly title?: string }
  | { readonly type: "render" };

/** One level of an app's progress: of so many steps, or a share of all. */
export interface ProgressUnit {
  readonly index?: number | null;
  readonly length?: number | null;
  readonly unit?: string | null;
  readonly progress?: number | null;
  readonly desc?: string | null;
}

/** A job under way. */
export interface Job {
  next(): Promise<IteratorResult<JobEvent, unknown>>;
  return(): Promise<unknown>;
  /** Resolves to the job's id once it stands in line; of a job without a line, to null. */
  wait_for_id(): Promise<string | null>;
}

/** What reads a stream for the library. */
export interface Stream {
  onmessage: ((event: { readonly data: string }) => unknown) | null;
  onerror: ((error: unknown) => unknown) | null;
  close(): void;
}

export interface ClientOptions {
  readonly token?: string;
  /** What jobs tell: left out, they tell of values alone. */
  readonly events: readonly ("data" | "status" | "log")[];
}

/** The library's client: one session of an app. */
export interface LibraryClient {
  config: Config | undefined;
  api_info: unknown;
  api_map: Readonly<Record<string, number>>;
  api_prefix: string;
  session_hash: string;
  stream_status: { open: boolean };
  abort_controller: AbortController | null;
  closed: boolean;
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  stream(url: URL): Stream;
  _resolve_heartbeat(config: Config): Promise<void>;
  set_cookies(cookies: string): void;
  submit(endpoint: string | number, data: unknown[]): Job;
  upload_files(
    root: string,
    files: readonly File[],
  ): Promise<{ readonly files?: readonly string[]; readonly error?: string }>;
  close(): void;
}

export const LibraryClient = Client as unknown as new (url: string, options: ClientOptions) => LibraryClient;
