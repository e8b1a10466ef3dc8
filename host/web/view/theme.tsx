/** Dark or light, or as the system has it; remembered where pages may remember. */
import { useState } from "preact/hooks";

const THEMES = { system: "System theme", light: "Light theme", dark: "Dark theme" } as const;
type Theme = keyof typeof THEMES;
const PLACE = "yuma-theme";
/** What is drawn in pixels must be drawn anew. */
export const THEME_EVENT = "yuma-theme";

/** Puts the theme that was chosen last into force. */
export function applyTheme(theme: Theme = remembered()): void {
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset.theme;
  else dataset.theme = theme;
  dispatchEvent(new Event(THEME_EVENT));
}

/** The choice. */
export function ThemeChoice() {
  const [theme, setTheme] = useState(remembered);
  return (
    <select
      class="theme"
      aria-label="Theme"
      value={theme}
      onChange={({ currentTarget }) => {
        const next = currentTarget.value as Theme;
        setTheme(next);
        applyTheme(next);
        try {
          localStorage.setItem(PLACE, next);
        } catch {
          // Where nothing is kept, the choice holds for this visit.
        }
      }}
    >
      {Object.entries(THEMES).map(([one, title]) => (
        <option key={one} value={one}>
          {title}
        </option>
      ))}
    </select>
  );
}

function remembered(): Theme {
  try {
    const kept = localStorage.getItem(PLACE) ?? "";
    return kept in THEMES ? (kept as Theme) : "system";
  } catch {
    return "system";
  }
}
