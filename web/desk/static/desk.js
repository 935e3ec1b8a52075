// Does what the library's pages say in attributes that our content security policy does not run.
(function () {
    "use strict";

    function dress(root) {
        if (!root.querySelectorAll) return;
        const all = [...root.querySelectorAll("[data-desk-style]")];
        if (root.hasAttribute && root.hasAttribute("data-desk-style")) all.push(root);
        for (const element of all) {
            element.style.cssText = element.getAttribute("data-desk-style") + ";" + element.style.cssText;
            element.removeAttribute("data-desk-style");
        }
    }

    dress(document);
    new MutationObserver((changes) => {
        for (const change of changes) for (const node of change.addedNodes) dress(node);
    }).observe(document.documentElement, { childList: true, subtree: true });

    document.addEventListener("click", (event) => {
        const element = event.target.closest && event.target.closest("[data-desk-click]");
        const call = element && /^(\w+)\(\)$/.exec(element.getAttribute("data-desk-click").trim());
        if (call && typeof window[call[1]] === "function") window[call[1]]();
    });

    // The one handler of this kind chooses how many rows a page has: its value is an address of ours.
    document.addEventListener("change", (event) => {
        const element = event.target;
        if (!element.hasAttribute || !element.hasAttribute("data-desk-change")) return;
        const wanted = new URL(element.value, window.location.href);
        if (wanted.origin === window.location.origin) window.location.assign(wanted);
    });

    // As light or as dark as the person has everything else.
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    function shade() {
        document.documentElement.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
    }
    shade();
    dark.addEventListener("change", shade);
})();
// A form shows what its choice asks for, and nothing else: data-desk-chooses names a choice, data-desk-when its values.
(function () {
    "use strict";
    for (const choice of document.querySelectorAll("[data-desk-chooses]")) {
        const name = choice.getAttribute("data-desk-chooses");
        function show() {
            for (const part of document.querySelectorAll(`[data-desk-when^="${name}:"]`)) {
                part.hidden = !part.getAttribute("data-desk-when").slice(name.length + 1).split(" ").includes(choice.value);
            }
        }
        choice.addEventListener("change", show);
        show();
    }
})();
