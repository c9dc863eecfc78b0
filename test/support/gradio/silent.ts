/** Tests in which nothing may be printed: Gradio's client prints on every failing path. */
import { afterEach, beforeEach, expect, vi } from "vitest";

/** Gives what was printed in the test that runs. */
export function silently(): () => readonly unknown[] {
  const printed = vi.fn();
  beforeEach(() => {
    printed.mockClear();
    for (const how of ["log", "info", "warn", "error", "debug"] as const)
      vi.spyOn(console, how).mockImplementation(printed);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    expect(printed.mock.calls).toEqual([]);
  });
  return () => printed.mock.calls;
}
