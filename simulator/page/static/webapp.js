// A Web App in a frame, and the phone's side of what it says: buttons, theme, size, closing, links, invoices.
// The events are those of core.telegram.org/api/web-events, as JSON texts between windows.

import { post } from "./api.js";
import { h, icon, showBox } from "./dom.js";
import { popup, reallyClose } from "./popups.js";
import { onTheme, themeParams } from "./themes.js";

const VERSION = "9.1";
const PLATFORM = "weba";
const ALLOWED = "allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads";

export class WebApp {
  constructor(pane, { url, init_data: told, label }) {
    Object.assign(this, { pane, asks: false, origin: new URL(url).origin });
    this.back = h("button.round", { type: "button", onclick: () => this.#leave() }, icon("close"));
    this.settings = h("button.round", { type: "button", hidden: true, "aria-label": "Settings of the app",
      onclick: () => this.tell("settings_button_pressed") }, icon("menu"));
    this.frame = h("iframe", { title: label, src: address(url, told), sandbox: ALLOWED });
    this.main = bottomButton("main", () => this.tell("main_button_pressed"));
    this.secondary = bottomButton("secondary", () => this.tell("secondary_button_pressed"));
    this.dialog = h("dialog.app", { "aria-label": label, oncancel: (event) => {
      event.preventDefault();
      this.close();
    } },
      h("header", {}, this.back, h("h2", {}, label), h("span.as", {}, `as ${pane.person.first_name}`), this.settings),
      this.frame, h("div.bottom", {}, this.main, this.secondary));
    this.ended = new AbortController();
    this.#showBack(false);
  }

  open() {
    const { signal } = this.ended;
    addEventListener("message", (event) => {
      if (event.source === this.frame.contentWindow && event.origin === this.origin) this.#hear(event.data);
    }, { signal });
    onTheme(() => this.#theme(), signal);
    const watch = new ResizeObserver(() => this.#viewport());
    watch.observe(this.frame);
    signal.addEventListener("abort", () => watch.disconnect());
    showBox(this.dialog, () => this.#closed());
  }

  tell(eventType, eventData = {}) {
    this.frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), this.origin);
  }

  async close() {
    if (this.asks && !(await reallyClose())) return;
    this.dialog.close();
  }

  #closed() {
    this.ended.abort();
    this.pane.focus.newest();
  }

  #leave() {
    if (this.goesBack) this.tell("back_button_pressed");
    else this.close();
  }

  #showBack(is) {
    this.goesBack = is;
    this.back.ariaLabel = is ? "Back in the app" : "Close the app";
    this.back.replaceChildren(icon(is ? "back" : "close"));
  }

  #theme() {
    this.tell("theme_changed", { theme_params: themeParams() });
  }

  #viewport() {
    const { clientWidth: width, clientHeight: height } = this.frame;
    this.tell("viewport_changed", { width, height, is_expanded: true, is_state_stable: true });
  }

  #hear(text) {
    let said;
    try {
      said = JSON.parse(text);
    } catch {
      return;  // not of this protocol; pages may talk of other things
    }
    HEARD[said?.eventType]?.call(this, said.eventData ?? {});
  }

  static async of(pane, body) {
    new WebApp(pane, await post("web_app", { person: pane.person.id, bot: pane.bot.id, ...body })).open();
  }

  static heard = {
    web_app_ready() { this.dialog.classList.add("ready"); },
    web_app_expand() { this.dialog.classList.add("expanded"); this.#viewport(); },
    web_app_request_theme() { this.#theme(); },
    web_app_request_viewport() { this.#viewport(); },
    web_app_request_safe_area() { this.tell("safe_area_changed", { top: 0, bottom: 0, left: 0, right: 0 }); },
    web_app_request_content_safe_area() { this.tell("content_safe_area_changed", { top: 0, bottom: 0, left: 0, right: 0 }); },
    web_app_setup_main_button(data) { setUp(this.main, data); },
    web_app_setup_secondary_button(data) { setUp(this.secondary, data); },
    web_app_setup_back_button(data) { this.#showBack(Boolean(data.is_visible)); },
    web_app_setup_settings_button(data) { this.settings.hidden = !data.is_visible; },
    web_app_setup_closing_behavior(data) { this.asks = Boolean(data.need_confirmation); },
    web_app_close() { this.dialog.close(); },
    web_app_open_link(data) { if (/^https?:/i.test(data.url ?? "")) this.pane.link(data.url); },
    web_app_open_tg_link(data) { this.dialog.close(); this.pane.link(`https://t.me${data.path_full}`); },
    async web_app_open_popup(data) { this.tell("popup_closed", { button_id: await popup(data) }); },
    async web_app_open_invoice({ slug }) {
      const sheet = await this.pane.attempt(() => post("sheet/open", { person: this.pane.person.id, bot: this.pane.bot.id, link: slug }));
      if (sheet) this.pane.sheet(sheet, (state) => this.tell("invoice_closed", { slug, status: state }));
      else this.tell("invoice_closed", { slug, status: "failed" });
    },
  };
}

const HEARD = WebApp.heard;

function address(url, told) {
  const [page, own] = url.split("#");
  const more = new URLSearchParams({ tgWebAppData: told, tgWebAppVersion: VERSION, tgWebAppPlatform: PLATFORM,
    tgWebAppThemeParams: JSON.stringify(themeParams()) });
  return `${page}#${own ? `${own}&` : ""}${more}`;
}

function bottomButton(kind, press) {
  return h(`button.${kind}`, { type: "button", hidden: true, onclick: press });
}

// What is left out stays as it was, as on a phone.
function setUp(button, data) {
  if (data.text !== undefined) button.textContent = data.text;
  if (data.is_active !== undefined) button.disabled = !data.is_active;
  if (data.is_visible !== undefined) button.hidden = !data.is_visible || !button.textContent.trim();
  if (data.is_progress_visible !== undefined) button.classList.toggle("waiting", data.is_progress_visible);
  if (data.color) button.style.setProperty("background-color", data.color);
  if (data.text_color) button.style.setProperty("color", data.text_color);
}
