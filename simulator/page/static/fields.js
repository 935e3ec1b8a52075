// The fields of the payment form.

import { h } from "./dom.js";
import { money, smallest } from "./money.js";

const COUNTRIES = ["DE", "AT", "CH", "FR", "NL", "BE", "IT", "ES", "PL", "SE", "GB", "IE", "US", "CA", "JP", "AU"];
const names = new Intl.DisplayNames(["en"], { type: "region" });

function field(label, name, value, more = {}) {
  return h("label", {}, label, h("input", { name, value, ...more }));
}

export function details({ asks }, person) {
  const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
  return [
    asks.shipping_address && h("fieldset", {},
      h("legend", {}, "Shipping address"),
      field("Address", "street_line1", "Lindenstraße 1", { autocomplete: "address-line1" }),
      field("Address (line 2)", "street_line2", "", { autocomplete: "address-line2" }),
      h("div.pair", {}, field("Postcode", "post_code", "10969", { autocomplete: "postal-code" }),
        field("City", "city", "Berlin", { autocomplete: "address-level2" })),
      h("div.pair", {}, field("State", "state", ""),
        h("label", {}, "Country", h("select", { name: "country_code" }, COUNTRIES.map((code) => h("option", { value: code }, names.of(code))))))),
    (asks.name || asks.email || asks.phone_number) && h("fieldset", {},
      h("legend", {}, "Receiver"),
      asks.name && field("Full name", "name", name, { autocomplete: "name" }),
      asks.email && field("Email", "email", `${person.first_name.toLowerCase()}@example.com`, { type: "email" }),
      asks.phone_number && field("Phone", "phone_number", "4930123456", { type: "tel" })),
  ].filter(Boolean);
}

export function readDetails(form, { asks }) {
  const read = (name) => form.elements[name]?.value.trim();
  const address = asks.shipping_address && Object.fromEntries(
    ["country_code", "state", "city", "street_line1", "street_line2", "post_code"].map((name) => [name, read(name)]));
  return { name: read("name"), email: read("email"), phone_number: read("phone_number"), shipping_address: address || undefined };
}

function choice(group, value, title, aside, checked) {
  return h("label.choice", {}, h("input", { type: "radio", name: group, value, checked }), h("span", {}, title), h("small", {}, aside));
}

export function shippingChoice(options, currency, chosen) {
  return h("fieldset", {}, h("legend", {}, "Shipping method"), options.map((option, place) => {
    const total = option.prices.reduce((sum, price) => sum + price.amount, 0);
    const checked = chosen ? option.id === chosen : place === 0;
    return choice("option", option.id, option.title, total ? money(total, currency) : "Free", checked);
  }));
}

export function tipChoice({ currency, max_tip: most, suggested_tips: suggested }, tip, choose) {
  const other = h("input", { inputMode: "decimal", placeholder: `Other, up to ${money(most, currency)}`, "aria-label": "Other tip",
    oninput: () => choose(Math.min(smallest(other.value, currency), most)) });
  const chips = [0, ...suggested].map((amount) => h("button.chip", { type: "button", "aria-pressed": String(amount === tip),
    onclick: (event) => {
      other.value = "";
      for (const chip of chips) chip.ariaPressed = String(chip === event.currentTarget);
      choose(amount);
    } }, amount ? money(amount, currency) : "No tip"));
  return h("fieldset", {}, h("legend", {}, "Tip"), h("div.chips", {}, chips), other);
}

export function cardChoice() {
  return h("fieldset", {}, h("legend", {}, "Test card"),
    choice("card", "pays", "Visa •••• 4242", "pays", true), choice("card", "declined", "Visa •••• 0002", "is declined", false));
}
