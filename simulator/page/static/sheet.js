// The payment form: what is bought, where it goes, how it is paid. The bot's objections appear in the form.

import { post } from "./api.js";
import { h, icon, showBox } from "./dom.js";
import { cardChoice, details, readDetails, shippingChoice, tipChoice } from "./fields.js";
import { money, STARS } from "./money.js";

export class Sheet {
  constructor(pane, data, closed) {
    Object.assign(this, { pane, data, closed, step: "details", tip: 0 });
    this.form = h("form", { noValidate: true, onsubmit: (event) => this.#next(event), oninput: () => this.#sums() });
    this.dialog = h("dialog.sheet", { "aria-label": "Payment" }, this.form);
  }

  open() {
    const { asks, currency } = this.data;
    if (currency === STARS) this.step = "stars";
    else if (!(asks.name || asks.email || asks.phone_number || asks.shipping_address)) this.step = "pay";
    this.draw();
    showBox(this.dialog, () => this.#closed());
    this.#arrive();
  }

  #closed() {
    this.closed?.(this.step === "done" ? "paid" : "cancelled");
    this.pane.focus.newest();
  }

  // A step begins at its heading, so that it is read out and Tab leads through it from the top.
  #arrive() {
    const heading = this.form.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus();
  }

  draw() {
    const body = { details: () => this.#details(), pay: () => this.#pay(), stars: () => this.#stars(), done: () => this.#done() };
    this.problem = h("p.problem", { role: "alert", hidden: true });
    this.form.replaceChildren(...body[this.step](), h("div.foot", {}, this.problem, this.go));
    if (this.step === "pay") this.#sums();
  }

  #head(title) {
    return h("header", {}, h("h2", {}, title), h("span.as", {}, `as ${this.pane.person.first_name}`),
      h("button.round", { type: "button", "aria-label": "Close", onclick: () => this.dialog.close() }, icon("close")));
  }

  #product() {
    const { title, description, photo_url: photo } = this.data;
    const image = photo && h("img", { src: photo, alt: "" });
    if (image) image.onerror = () => image.remove();
    return h("div.product", {}, image, h("div", {}, h("b", {}, title), h("p", {}, description), h("small", {}, this.pane.bot.first_name)));
  }

  #details() {
    this.go = h("button.go", { type: "submit" }, "Continue");
    return [this.#head(this.data.asks.shipping_address ? "Shipping information" : "Your details"), this.#product(),
      ...details(this.data, this.pane.person)];
  }

  #pay() {
    const { options, max_tip: most } = this.data;
    this.lines = h("dl.lines");
    this.go = h("button.go", { type: "submit" }, "Pay");
    return [this.#head("Checkout"), this.#product(),
      options.length > 0 && shippingChoice(options, this.data.currency, this.data.shipping_option),
      most > 0 && tipChoice(this.data, this.tip, (tip) => {
        this.tip = tip;
        this.#sums();
      }),
      cardChoice(), this.lines].filter(Boolean);
  }

  #stars() {
    const { title, stars, total, prices } = this.data;
    const short = stars < total;
    this.go = short
      ? h("button.go", { type: "button", onclick: () => this.#moreStars() }, "Get 1,000 Stars (pretend)")
      : h("button.go", { type: "submit" }, `Confirm and pay ⭐ ${total.toLocaleString("en")}`);
    return [h("header", {}, h("span.balance", { "aria-label": `Balance: ${stars} Stars` }, "Balance ", h("b", {}, `⭐ ${stars.toLocaleString("en")}`)),
      h("button.round", { type: "button", "aria-label": "Close", onclick: () => this.dialog.close() }, icon("close"))),
      h("div.star", { "aria-hidden": "true" }, "⭐"), h("h2.center", {}, short ? "Not enough Stars" : "Confirm your purchase"),
      h("p.center", {}, `Buy ${title} from ${this.pane.bot.first_name} for `, h("b", {}, `${prices[0].amount.toLocaleString("en")} Stars`), "?")];
  }

  #done() {
    const { total, currency } = this.data;
    this.go = h("button.go", { type: "submit" }, "Done");
    return [h("div.tick", { "aria-hidden": "true" }, "✓"), h("h2.center", { role: "status" }, "Payment successful"),
      h("p.center", {}, `${money(total, currency)} to ${this.pane.bot.first_name}`)];
  }

  #option() {
    const id = this.form.elements.option?.value;
    return this.data.options.find((option) => option.id === id);
  }

  #sums() {
    if (this.step !== "pay") return;
    const { prices, currency } = this.data;
    const option = this.#option();
    const rows = [...prices, ...(option?.prices ?? [])].map(({ label, amount }) => [label, amount]);
    if (this.tip) rows.push(["Tip", this.tip]);
    const total = rows.reduce((sum, [, amount]) => sum + amount, 0);
    this.lines.replaceChildren(...[...rows, ["Total", total]].flatMap(([label, amount], place) => {
      const kind = place === rows.length ? ".total" : "";
      return [h(`dt${kind}`, {}, label), h(`dd${kind}`, {}, money(amount, currency))];
    }));
    this.go.textContent = `Pay ${money(total, currency)}`;
  }

  async #moreStars() {
    const { id, stars } = this.pane.person;
    this.pane.person.stars = Math.max(stars, this.data.stars) + 1000;
    await post("stars", { person: id, stars: this.data.stars + 1000 });
    this.data.stars += 1000;
    this.draw();
    this.#arrive();
  }

  async #next(event) {
    event.preventDefault();
    if (this.step === "done") return this.dialog.close();
    const goes = this.go;
    goes.disabled = true;
    goes.classList.add("waiting");
    try {
      await (this.step === "details" ? this.#sendDetails() : this.#sendPayment());
    } catch (problem) {
      this.#object(problem.message);
    } finally {
      goes.disabled = false;
      goes.classList.remove("waiting");
      if (goes.isConnected && document.activeElement === document.body) goes.focus(); // lost it while it was disabled
    }
  }

  async #sendDetails() {
    this.data = await post("sheet/address", { sheet: this.data.id, ...readDetails(this.form, this.data) });
    if (this.data.error) return this.#object(this.data.error);
    this.step = "pay";
    this.draw();
    this.#arrive();
  }

  async #sendPayment() {
    const { card, option } = this.form.elements;
    this.data = await post("sheet/pay", { sheet: this.data.id, card: card?.value ?? "pays", shipping_option: option?.value ?? "", tip: this.tip });
    if (this.data.state !== "paid") return this.#object(this.data.error);
    this.step = "done";
    this.draw();
    this.go.focus();
  }

  #object(words) {
    this.problem.textContent = words;
    this.problem.hidden = false;
    this.dialog.scrollBy(0, this.problem.offsetHeight + 10); // the foot grew over the total
  }
}
