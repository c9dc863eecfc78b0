/** The canvas as a person finds it: cards by name, buttons by what they say; and what only a measure can tell of it. */
import type { Locator, Page } from "playwright-core";
import type { State } from "../../src/protocol.ts";

export interface Rectangle {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export class Canvas {
  readonly page: Page;
  /** What the page said on its console, errors nobody caught, and answers that were none. */
  readonly complaints: string[] = [];
  #forgiven: RegExp | undefined;
  /** Addresses that were asked for, with their methods. */
  readonly requests: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("console", (message) => {
      const loud = message.type() === "error" || message.type() === "warning";
      // The browser's own word for what is written down from the answer itself, with its address.
      if (loud && !message.text().startsWith("Failed to load resource")) this.#complain(message.text());
    });
    page.on("pageerror", (error) => this.#complain(String(error)));
    page.on("response", (answer) => {
      if (answer.status() >= 400) this.#complain(`${answer.status()} ${answer.request().method()} ${answer.url()}`);
    });
    page.context().on("request", (request) => this.requests.push(`${request.method()} ${request.url()}`));
  }

  /** Complaints that a test provokes. */
  forgives(complaint: RegExp): void {
    this.#forgiven = complaint;
  }
  #complain(words: string): void {
    if (!this.#forgiven?.test(words)) this.complaints.push(words);
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.page.locator(".world:not(.unready) mr-card").first().waitFor();
  }

  get region(): Locator {
    return this.page.getByRole("region", { name: "Canvas" });
  }
  get connection(): Locator {
    return this.page.locator("mr-bar").getByRole("status");
  }
  get primary(): Locator {
    return this.page.locator("mr-bar .primary");
  }

  card(name: string): Locator {
    return this.page.getByRole("group", { name, exact: true });
  }
  status(name: string): Locator {
    return this.card(name).getByRole("status").first();
  }
  /** The row of a port, by its label. */
  row(name: string, port: string): Locator {
    return this.card(name).locator(`.row[data-port="${port}"]`);
  }
  field(name: string, label: string): Locator {
    return this.card(name).getByLabel(label, { exact: true });
  }

  /** Waits until a card is in a state. */
  async sees(name: string, state: State): Promise<void> {
    await this.page.locator(`mr-card[aria-label="${name}"][data-state="${state}"]`).waitFor();
  }
  async says(name: string, words: string | RegExp): Promise<void> {
    await this.card(name).getByText(words).first().waitFor();
  }

  async press(button: string): Promise<void> {
    await this.page.getByRole("button", { name: button, exact: true }).click();
  }
  /** Chooses from the menu of a card's run button. */
  async choose(name: string, item: string): Promise<void> {
    await this.press(`Run options for ${name}`);
    await this.card(name).getByRole("menuitem", { name: item }).click();
  }

  /** From now on writes down which cards flash. */
  async watchFlashes(): Promise<void> {
    await this.page.locator("mr-canvas").evaluate((canvas) => {
      const flashed: string[] = [];
      Reflect.set(window, "flashed", flashed);
      const watcher = new MutationObserver((changes) => {
        for (const { target } of changes) {
          const card = target as Element;
          if (card.hasAttribute("data-flash")) flashed.push(card.getAttribute("aria-label") ?? "");
        }
      });
      watcher.observe(canvas.shadowRoot!, { subtree: true, attributes: true, attributeFilter: ["data-flash"] });
    });
  }
  /** The cards that flashed since, each once, by name. */
  async flashed(): Promise<readonly string[]> {
    const names = await this.page.evaluate(() => Reflect.get(window, "flashed") as string[]);
    return [...new Set(names)].sort();
  }

  /** From now on looks at every frame whether cards cover each other; in two frames one after the other: that was seen. */
  async watchOverlaps(): Promise<void> {
    await this.page.locator("mr-canvas").evaluate((canvas) => {
      const seen = { frames: 0, overlaps: [] as string[] };
      Reflect.set(window, "overlaps", seen);
      let before: readonly string[] = [];
      const covering = (): string[] => {
        const world = canvas.shadowRoot!.querySelector(".world:not(.unready)");
        const boxes = [...(world?.querySelectorAll("mr-card") ?? [])].map((card) => ({
          name: card.getAttribute("aria-label") ?? "",
          at: card.getBoundingClientRect(),
        }));
        return boxes.flatMap((a, i) =>
          boxes
            .slice(i + 1)
            .filter(
              (b) =>
                a.at.left < b.at.right && b.at.left < a.at.right && a.at.top < b.at.bottom && b.at.top < a.at.bottom,
            )
            .map((b) => `${a.name} and ${b.name}`),
        );
      };
      const { port1, port2 } = new MessageChannel();
      // A message is taken after the frame was laid out and painted; a frame's callback runs before.
      port1.onmessage = () => {
        const now = covering();
        seen.frames++;
        seen.overlaps.push(...now.filter((pair) => before.includes(pair)));
        before = now;
        requestAnimationFrame(() => port2.postMessage(null));
      };
      port2.postMessage(null);
    });
  }
  async overlaps(): Promise<{ readonly frames: number; readonly overlaps: readonly string[] }> {
    return this.page.evaluate(() => Reflect.get(window, "overlaps") as { frames: number; overlaps: string[] });
  }

  /** Every edge that is drawn: how far its ends are from the dots of the ports it names, in pixels. */
  async gaps(): Promise<readonly { readonly edge: string; readonly from: number; readonly to: number }[]> {
    return this.page.locator("mr-canvas").evaluate((canvas) => {
      const root = canvas.shadowRoot!;
      const dot = (path: string, side: string): DOMPoint => {
        const [card, port] = path.split(".");
        const host = root.querySelector(`mr-card[aria-label="${card}"]`);
        const at = host?.shadowRoot?.querySelector(`[data-key="${side} ${port}"]`)?.getBoundingClientRect();
        if (!at) throw new Error(`There is no dot for ${path}.`);
        return new DOMPoint(at.left + at.width / 2, at.top + at.height / 2);
      };
      const distance = (a: DOMPoint, b: DOMPoint): number => Math.hypot(a.x - b.x, a.y - b.y);
      return [...root.querySelectorAll<SVGGElement>(".edge")].map((edge) => {
        const { from = "", to = "" } = edge.dataset;
        const path = edge.querySelector("path")!;
        const onScreen = path.getScreenCTM()!;
        const at = (length: number) => path.getPointAtLength(length).matrixTransform(onScreen);
        return {
          edge: `${from} -> ${to}`,
          from: distance(at(0), dot(from, "out")),
          to: distance(at(path.getTotalLength()), dot(to, "in")),
        };
      });
    });
  }

  /** A card as it is read out, with the pictures it shows: to compare one page with another. */
  async painted(name: string): Promise<string> {
    const pictures = this.card(name).locator(".row img");
    const shown = await pictures.evaluateAll((all) => all.map((picture) => (picture as HTMLImageElement).src));
    return [await this.card(name).ariaSnapshot(), ...shown].join("\n");
  }
}
