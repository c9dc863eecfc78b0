/** Number components: what is between their ends, and what lies on their steps. A number that is set keeps to both, one that a function works out to the ends alone. */
import { badComponent, type Making, type NumberOptions } from "./component-options.ts";

type Refuses = Making["refuses"];

/** What makes a component of numbers. */
export function numbers(options: NumberOptions): Making {
  return {
    shown: ["minimum", "maximum", "step"],
    example: () => onStep(options),
    refuses: numberWithin(options),
    refusesSet: numberOnStep(options),
  };
}

export function checkRange(kind: string, { minimum, maximum, step }: NumberOptions): void {
  for (const [name, value] of Object.entries({ minimum, maximum, step })) {
    if (value !== undefined && !Number.isFinite(value)) throw badComponent(`ui.${kind}: ${name} must be a number.`);
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum)
    throw badComponent(`ui.${kind} needs minimum <= maximum.`);
  if (step !== undefined && step <= 0) throw badComponent(`ui.${kind}: step must be above 0.`);
}

function numberWithin({ minimum, maximum }: NumberOptions): Refuses {
  const from = minimum === undefined ? "" : ` from ${minimum}`;
  const to = maximum === undefined ? "" : `${from ? " to" : " up to"} ${maximum}`;
  return (value) => {
    const fits =
      typeof value === "number" &&
      Number.isFinite(value) &&
      !(value < (minimum ?? value)) &&
      !(value > (maximum ?? value));
    return fits ? undefined : `a number${from}${to}`;
  };
}

/** Allowed are `minimum` and whole steps from there; without a minimum, whole steps from 0. */
export function numberOnStep(options: NumberOptions): Refuses {
  const within = numberWithin(options);
  const { minimum, maximum, step } = options;
  if (step === undefined) return within;
  const base = minimum ?? 0;
  const allowed = (steps: number) => Number((base + steps * step).toPrecision(15));
  const fits = (n: number) => !(n < (minimum ?? n)) && !(n > (maximum ?? n));
  return (value) => {
    const expected = within(value);
    if (expected !== undefined || typeof value !== "number") return expected;
    const steps = (value - base) / step;
    // Decimals do not add up exactly: a millionth of a step, and a few of the last digits that a number has, are no distance.
    const slack = step * 1e-6 + Math.abs(value) * 2 ** -50;
    if (step < slack || Math.abs(base + Math.round(steps) * step - value) <= slack) return undefined;
    const nearest = [Math.floor(steps), Math.ceil(steps)].map(allowed).filter(fits);
    return `${within(undefined)} in steps of ${step}: the nearest ${nearest.length === 1 ? "is" : "are"} ${nearest.join(" and ")}`;
  };
}

/** The least number that will do, or the one nearest below 0. */
function onStep({ minimum, maximum = 0, step }: NumberOptions): number {
  if (minimum !== undefined) return minimum;
  if (maximum >= 0) return 0;
  return step === undefined ? maximum : Number((Math.floor(maximum / step) * step).toPrecision(15));
}
