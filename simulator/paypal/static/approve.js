// The page on which a payer agrees: draws an order, and presses its buttons.

const $ = (id) => document.getElementById(id);
const base = location.pathname.replace(/\/$/, "");

// A shop's links to its bot lead to the pretend Telegram on this machine, where the chat is.
function homeward(url) {
  const target = new URL(url, location.href);
  return ["t.me", "telegram.me"].includes(target.hostname) ? `/t.me${target.pathname}${target.search}` : target.href;
}

function make(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function money({ currency_code: currency, value }) {
  const places = value.split(".")[1]?.length ?? 0;
  return new Intl.NumberFormat("en", {
    style: "currency", currency, minimumFractionDigits: places, maximumFractionDigits: places,
  }).format(value);
}

function end(title, words, link) {
  const page = $("page");
  page.replaceChildren(make("h1", title), make("p", words));
  if (link) {
    const back = make("a", "Return to the shop");
    back.href = homeward(link);
    page.append(back);
  }
  document.title = title;
}

function drawWay(way, place) {
  const label = make("label", "");
  const radio = make("input", "");
  Object.assign(radio, { type: "radio", name: "way", value: way.key, checked: place === 0 });
  const words = make("span", "");
  words.append(make("b", way.label), make("small", way.detail));
  label.append(radio, words);
  return label;
}

async function agree(event) {
  event.preventDefault();
  $("agree").disabled = true;
  $("problem").hidden = true;
  const way = document.querySelector("input[name=way]:checked").value;
  const answer = await fetch(`${base}/approve`, { method: "POST", body: JSON.stringify({ way }) });
  const data = await answer.json();
  if (answer.ok) {
    end("Thank you", "You agreed to pay. The shop takes the money when it is sure that you get your goods.", data.redirect);
    if (data.redirect) setTimeout(() => location.assign(homeward(data.redirect)), 1500);
    return;
  }
  $("problem").textContent = data.details?.[0]?.description ?? data.message;
  $("problem").hidden = false;
  $("agree").disabled = false;
}

async function open() {
  const answer = await fetch(`${base}/data`);
  if (!answer.ok) return end("This page is over", "Nothing was taken. Start again from the shop.");
  const order = await answer.json();
  if (order.status === "COMPLETED") {
    const words = { COMPLETED: "The shop has your money.", PENDING: "Your bank will confirm it shortly." };
    return end("There is nothing more to do here", words[order.captured] ?? "See the shop for how it went on.", order.return_url);
  }
  $("what").textContent = order.description ?? "Pay the shop";
  $("total").textContent = money(order.amount);
  $("items").replaceChildren(
    ...order.items.map((item) => {
      const line = make("li", "");
      line.append(make("span", `${item.quantity} × ${item.name}`), make("span", money(item.unit_amount)));
      return line;
    }),
  );
  $("ways").replaceChildren(...order.ways.map(drawWay));
  if (order.cancel_url) {
    $("cancel").hidden = false;
    $("cancel").href = homeward(order.cancel_url);
  }
  $("page").ariaBusy = "false";
}

$("form").addEventListener("submit", agree);
open();
