// The hosted payment page: draws a session, and presses its buttons.

const $ = (id) => document.getElementById(id);
const base = location.pathname.replace(/\/$/, "");
const countries = new Intl.DisplayNames(["en"], { type: "region" });
const plausible = {
  DE: ["Lindenallee 7", "10115", "Berlin"], FR: ["12 rue des Lilas", "75011", "Paris"], GB: ["4 Mill Lane", "BS1 4ST", "Bristol"],
  US: ["510 Elm Street", "97205", "Portland"], AT: ["Gartengasse 3", "1050", "Wien"], NL: ["Prinsengracht 12", "1015", "Amsterdam"],
};
let session;

function make(tag, text = "", className = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

function money(amount) {
  const value = amount / 10 ** session.exponent;
  return new Intl.NumberFormat("en", {
    style: "currency", currency: session.currency,
    minimumFractionDigits: session.exponent, maximumFractionDigits: session.exponent,
  }).format(value);
}

// A shop's links to its bot lead to the pretend Telegram on this machine, where the chat is.
export function homeward(url) {
  const target = new URL(url, location.href);
  return ["t.me", "telegram.me"].includes(target.hostname) ? `/t.me${target.pathname}${target.search}` : target.href;
}

function drawLine(line) {
  const item = make("li");
  const thumb = make("span", "🛍", "thumb");
  if (line.image) {
    const picture = make("img", "", "thumb");
    picture.alt = "";
    picture.onload = () => thumb.replaceWith(picture);
    picture.src = line.image;
  }
  const words = make("div");
  words.append(make("b", line.name));
  const each = line.quantity > 1 ? `Qty ${line.quantity} · ${money(line.unit_amount)} each` : "";
  words.append(make("small", [line.description, each].filter(Boolean).join(" — ")));
  item.append(thumb, words, make("span", money(line.amount), "money"));
  return item;
}

function chosenRate() {
  const picked = document.querySelector("input[name=rate]:checked");
  return picked ? Number(picked.value) : 0;
}

function drawSums() {
  const rate = session.rates[chosenRate()];
  const total = session.subtotal + (rate ? rate.amount : 0);
  const rows = rate ? [["Subtotal", session.subtotal, ""], [rate.name, rate.amount, ""]] : [];
  rows.push(["Total due", total, "last"]);
  $("sums").replaceChildren(
    ...rows.flatMap(([name, amount, kind]) => [make("dt", name, kind), make("dd", money(amount), `money ${kind}`)]),
  );
  $("total").textContent = money(total);
  $("pay-words").textContent = `Pay ${money(total)}`;
}

function choice(group, value, title, detail, aside, checked) {
  const label = make("label");
  const radio = make("input");
  Object.assign(radio, { type: "radio", name: group, value, checked });
  const words = make("span");
  words.append(make("b", title), make("small", detail));
  label.append(radio, words, make("span", aside, "money"));
  return label;
}

function estimate(rate) {
  const ends = ["minimum", "maximum"].map((end) => rate.estimate?.[end]).filter(Boolean);
  if (!ends.length) return "";
  const unit = ends.at(-1).unit.replace("_", " ");
  return `${ends.map((end) => end.value).join("–")} ${unit}s`;
}

function drawMethod(method) {
  const card = method.kind === "card";
  const number = card ? method.number.replace(/(.{4})(?=.)/g, "$1 ") : `IBAN ${method.number}`;
  return choice("card", method.key, method.label, number, card ? "💳" : "🏦", false);
}

function draw() {
  $("lines").replaceChildren(...session.lines.map(drawLine));
  $("email").value = session.email ?? "ann@example.com";
  $("email").readOnly = Boolean(session.email);
  if (session.phone) {
    $("phone").hidden = false;
    Object.assign($("form").elements.phone, { value: "+49 30 1234567", required: true });
  }
  if (session.cancel_url) {
    $("back").hidden = false;
    $("back").href = homeward(session.cancel_url);
  }
  const form = $("form").elements;
  if (session.countries.length) {
    $("where").hidden = false;
    form.country.replaceChildren(...session.countries.map((code) => new Option(countries.of(code), code)));
    if (session.countries.includes("DE")) form.country.value = "DE";
    const fill = () => {
      const [line1, code, city] = plausible[form.country.value] ?? ["1 Main Street", "10000", "Springfield"];
      Object.assign(form.line1, { value: line1 });
      Object.assign(form.postal_code, { value: code });
      Object.assign(form.city, { value: city });
    };
    form.country.addEventListener("change", fill);
    form.name.value = "Ann Example";
    fill();
  }
  $("how").hidden = !session.rates.length;
  $("rates").replaceChildren(
    ...session.rates.map((rate, place) =>
      choice("rate", place, rate.name, estimate(rate), rate.amount ? money(rate.amount) : "Free", place === 0)),
  );
  $("rates").addEventListener("change", drawSums);
  const usual = ["pays", "declined", "second_step", "later"];
  $("methods").replaceChildren(...session.methods.filter((method) => usual.includes(method.key)).map(drawMethod));
  $("more").replaceChildren(...session.methods.filter((method) => !usual.includes(method.key)).map(drawMethod));
  document.querySelector("input[name=card]").checked = true;
  drawSums();
  $("page").ariaBusy = "false";
}

function end(mark, kind, title, words, link) {
  const panel = make("section", "", "end");
  panel.append(make("div", mark, `mark ${kind}`), make("h1", title), make("p", words, "quiet"));
  if (link) {
    const back = make("a", "Return to the shop");
    back.href = homeward(link);
    panel.append(back);
  }
  $("page").replaceChildren(panel);
  document.title = title;
}

function finish(status, link) {
  if (status === "paid") end("✓", "", "Payment successful", "Taking you back to the shop…", link);
  else end("…", "wait", "Payment is on its way", "Your bank will confirm it shortly. Taking you back to the shop…", link);
  setTimeout(() => location.assign(homeward(link)), 1500);
}

async function post(path, body) {
  const answer = await fetch(`${base}/${path}`, { method: "POST", body: JSON.stringify(body) });
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.error.message);
  return data;
}

async function pay(event) {
  event.preventDefault();
  const form = $("form").elements;
  const button = $("pay");
  button.disabled = true;
  $("problem").hidden = true;
  try {
    const address = session.countries.length
      ? Object.fromEntries(["line1", "postal_code", "city", "country"].map((name) => [name, form[name].value]))
      : undefined;
    let result = await post("confirm", {
      card: form.card.value, email: form.email.value, name: form.name.value || undefined,
      phone: form.phone.value || undefined, address, rate: chosenRate(),
    });
    if (result.status === "requires_action") result = await post("authenticate", { passed: await askBank() });
    finish(result.status, result.redirect);
  } catch (problem) {
    $("problem").textContent = problem.message;
    $("problem").hidden = false;
    button.disabled = false;
  }
}

function askBank() {
  const dialog = $("step");
  dialog.returnValue = "failed";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "passed"), { once: true });
  });
}

async function open() {
  const answer = await fetch(`${base}/data`);
  if (!answer.ok) return end("?", "gone", "This page does not exist", "The link may be incomplete.");
  session = await answer.json();
  if (session.status === "complete") {
    const paid = session.payment_status === "paid";
    return end("✓", paid ? "" : "wait", paid ? "Already paid" : "Payment is on its way", "There is nothing more to do here.", session.success_url);
  }
  if (session.status === "expired") {
    return end("⌛", "gone", "This page has expired", "Nothing was charged. Start again from the shop.", session.cancel_url);
  }
  draw();
}

$("form").addEventListener("submit", pay);
open();
