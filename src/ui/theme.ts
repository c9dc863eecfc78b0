/** Light or dark: what the person chose here before, else what their system prefers by now. Kept in this browser only. */
export type Theme = "light" | "dark";

const key = "millrace.theme";

export function currentTheme(): Theme {
  return document.documentElement.dataset.theme === "dark" ? "dark" : "light";
}

/** Their system's: it may change in the evening. */
export const system = matchMedia("(prefers-color-scheme: dark)");

/** Puts the theme on the page before anything is painted. */
export function startTheme(): void {
  const put = (): void => {
    const chosen = remembered();
    const dark = chosen ? chosen === "dark" : system.matches;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  };
  put();
  system.addEventListener("change", put);
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(key, theme);
  } catch {
    // A browser may refuse storage; the choice then lasts as long as the page.
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
