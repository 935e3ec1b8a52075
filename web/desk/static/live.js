// Keeps a page up to date: told that orders changed, it asks for itself anew and takes over what is marked as live.
(function () {
    "use strict";
    const parts = () => [...document.querySelectorAll("[data-desk-live]")];
    const root = document.currentScript.dataset.root;
    if (!parts().length || !window.EventSource) return;

    let asking = false;
    let again = false;

    function isBusy(part) {
        // what somebody is writing is not taken from under their hands
        const fields = [...part.querySelectorAll("textarea, input:not([type=hidden])")];
        return fields.some((field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked || field === document.activeElement);
    }

    async function refresh(ids) {
        if (asking) {
            again = true;
            return;
        }
        asking = true;
        try {
            const answer = await fetch(window.location.href, { credentials: "same-origin", redirect: "manual" });
            if (!answer.ok) return;
            // the styles of that answer carry its own nonce, and this page has them already
            const text = (await answer.text()).replace(/<style[\s\S]*?<\/style>/g, "");
            const fresh = new DOMParser().parseFromString(text, "text/html");
            for (const part of parts()) {
                const name = part.getAttribute("data-desk-live");
                const next = fresh.querySelector(`[data-desk-live="${name}"]`);
                if (!next || isBusy(part)) continue;
                part.replaceChildren(...next.childNodes);
                for (const id of ids) {
                    const row = part.querySelector(`[data-desk-order="${id}"]`);
                    if (row) row.classList.add("desk-new");
                }
            }
        } catch {
            // away for a moment: the next event asks again
        } finally {
            asking = false;
            if (again) {
                again = false;
                refresh(ids);
            }
        }
    }

    // what moves by itself, such as a broadcast that goes out, is asked for again while it does
    const moving = window.setInterval(() => {
        if (document.querySelector('[data-desk-moving]')) refresh([]);
        else window.clearInterval(moving);
    }, 5000);

    const told = new EventSource(root + "/live");
    told.addEventListener("orders", (event) => refresh(event.data.split(",")));
    told.addEventListener("over", () => {
        told.close();
        window.location.reload();
    });
    told.addEventListener("full", () => told.close());
    window.addEventListener("pagehide", () => told.close());
})();
