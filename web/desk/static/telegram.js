// Speaks with Telegram while it shows the desk: its colours, its back and main buttons, the question before it closes.
// The events are those of core.telegram.org/api/web-events; outside of Telegram nothing of this happens.
(function () {
    "use strict";

    const ROOT = document.currentScript.dataset.root;
    const KEY = "desk-telegram";
    const COLOUR = /^#[0-9a-f]{6}$/i;
    const VARIABLES = {
        secondary_bg_color: "--tblr-body-bg",
        section_bg_color: "--tblr-bg-surface",
        text_color: "--tblr-body-color",
    };

    // A page that was followed from the first has no hash any more: what it said is kept for as long as the app is open.
    const said = new URLSearchParams(window.location.hash.slice(1));
    if (said.has("tgWebAppData")) keep({ theme: parsed(said.get("tgWebAppThemeParams")) });
    const kept = parsed(read());
    if (!kept) return;

    function read() {
        try {
            return window.sessionStorage.getItem(KEY);
        } catch {
            return null; // a browser that keeps nothing of pages in frames
        }
    }

    function keep(value) {
        try {
            window.sessionStorage.setItem(KEY, JSON.stringify(value));
        } catch {
            // the next page does without Telegram's colours and buttons
        }
    }

    function parsed(text) {
        try {
            return JSON.parse(text);
        } catch {
            return null;
        }
    }

    function tell(eventType, eventData) {
        const data = eventData || {};
        if (window.TelegramWebviewProxy) window.TelegramWebviewProxy.postEvent(eventType, JSON.stringify(data));
        else if (window.parent !== window) window.parent.postMessage(JSON.stringify({ eventType, eventData: data }), "*");
        else if (window.external && "notify" in window.external) window.external.notify(JSON.stringify({ eventType, eventData: data }));
    }

    function hear(eventType, eventData) {
        if (eventType === "theme_changed" && eventData && eventData.theme_params) {
            keep({ theme: eventData.theme_params });
            wear(eventData.theme_params);
        }
        if (eventType === "back_button_pressed") goBack();
        if (eventType === "main_button_pressed" && main) main.click();
    }

    const view = { receiveEvent: hear };
    window.Telegram = { WebView: view }; // where the apps of phones call
    window.TelegramGameProxy = view; // and older ones
    window.TelegramGameProxy_receiveEvent = hear;
    window.addEventListener("message", (event) => {
        if (event.source !== window.parent || event.source === window) return;
        const heard = parsed(event.data);
        if (heard) hear(heard.eventType, heard.eventData);
    });

    function wear(theme) {
        const root = document.documentElement;
        for (const [name, variable] of Object.entries(VARIABLES)) {
            if (COLOUR.test(theme[name] || "")) root.style.setProperty(variable, theme[name]);
        }
        if (COLOUR.test(theme.bg_color || "")) root.setAttribute("data-bs-theme", isDark(theme.bg_color) ? "dark" : "light");
    }

    function isDark(colour) {
        const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
        return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
    }

    const isFirst = [ROOT, ROOT + "/app"].includes(window.location.pathname.replace(/\/$/, ""));

    function goBack() {
        const up = document.querySelector("[data-desk-back]");
        if (up) window.location.assign(up.href);
        else window.history.back();
    }

    // The button that a page is for becomes Telegram's own, below everything.
    const main = document.querySelector("[data-desk-main]");

    function showMain(changes) {
        tell("web_app_setup_main_button", { is_visible: Boolean(main), is_active: true, is_progress_visible: false, text: main ? main.textContent.trim() : "", ...changes });
    }

    function mind(need) {
        tell("web_app_setup_closing_behavior", { need_confirmation: need });
    }

    document.documentElement.classList.add("desk-in-telegram");
    if (kept.theme) wear(kept.theme);
    tell("iframe_ready", { reload_supported: true });
    tell("web_app_ready");
    tell("web_app_expand");
    tell("web_app_request_theme");
    tell("web_app_setup_back_button", { is_visible: !isFirst });
    showMain();
    mind(false);

    document.addEventListener("input", (event) => {
        const form = event.target.form;
        if (form && form.method === "post") mind(true);
    });
    document.addEventListener("submit", (event) => {
        if (event.defaultPrevented) return;
        mind(false);
        if (main) showMain({ is_active: false, is_progress_visible: true });
    });
    document.addEventListener("click", (event) => {
        const link = event.target.closest && event.target.closest("a[href]");
        if (!link || link.origin === window.location.origin || !/^https?:$/.test(link.protocol)) return;
        event.preventDefault();
        if (link.hostname === "t.me") tell("web_app_open_tg_link", { path_full: link.pathname + link.search });
        else tell("web_app_open_link", { url: link.href });
    });

    // The first page: what Telegram says about who opened it goes to the shop, and out of the address.
    const door = document.getElementById("desk-from-telegram");
    const told = said.get("tgWebAppData");
    if (door && told) {
        door.elements.told.value = told;
        door.submit();
    }
})();
