/** Opens an address in the person's browser, if this machine shows one. */
import open from "open";

/** Milliseconds in which an opener that finds no browser gives up. */
const patience = 1500;

/** Whether a browser was found. Without a screen none is sought: some openers would start a browser of text in this terminal. */
export async function openBrowser(url: string): Promise<boolean> {
  const { DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME } = process.env;
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY && !WSL_DISTRO_NAME) return false;
  const opener = await open(url);
  return new Promise((resolve) => {
    const settle = (found: boolean) => {
      clearTimeout(timer);
      resolve(found);
    };
    const timer = setTimeout(() => settle(true), patience);
    opener.once("error", () => settle(false));
    opener.once("exit", (code) => settle(code === 0));
  });
}
