/** The page's entry: fonts and tokens, the theme, then the app. */
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./page.css";
import { startTheme } from "./theme.ts";
import "./app.ts";

startTheme();
