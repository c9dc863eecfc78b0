/** The outline of a sound, and how long it takes in words. Pure. */

/** How loud each part of a sound is, beside its loudest: 0..1. */
export function outline(samples: ArrayLike<number>, parts: number): readonly number[] {
  const size = Math.max(1, Math.floor(samples.length / parts));
  // A few hundred samples tell how loud a part is; a song has millions.
  const stride = Math.max(1, Math.floor(size / 300));
  const loud = Array.from({ length: parts }, (_, part) => {
    let most = 0;
    for (let i = part * size; i < Math.min((part + 1) * size, samples.length); i += stride)
      most = Math.max(most, Math.abs(samples[i] ?? 0));
    return most;
  });
  const loudest = Math.max(...loud);
  return loudest > 0 ? loud.map((one) => one / loudest) : loud;
}

/** Seconds as players show them: `0:04`, `12:30`, `1:02:03`. */
export function clock(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds + 0.05)) : 0;
  const two = (n: number) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
