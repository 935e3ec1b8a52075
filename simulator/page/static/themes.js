// The colours of this page as Telegram names them for apps.

const NAMES = {
  bg_color: "--paper", text_color: "--ink", hint_color: "--quiet", link_color: "--link", button_color: "--accent",
  button_text_color: "--accent-ink", secondary_bg_color: "--soft", header_bg_color: "--paper", bottom_bar_bg_color: "--soft",
  accent_text_color: "--link", section_bg_color: "--paper", section_header_text_color: "--link",
  section_separator_color: "--line", subtitle_text_color: "--quiet", destructive_text_color: "--bad",
};
const dark = matchMedia("(prefers-color-scheme: dark)");

export function themeParams() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(Object.entries(NAMES).map(([name, own]) => [name, whole(style.getPropertyValue(own).trim())]));
}

export function onTheme(act, signal) {
  dark.addEventListener("change", act, { signal });
}

// Telegram writes six digits.
function whole(colour) {
  return colour.replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3");
}
