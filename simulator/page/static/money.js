// Amounts of smallest units, as Telegram writes them.

export const STARS = "XTR";

function formatter(currency) {
  return new Intl.NumberFormat("en", { style: "currency", currency });
}

export function decimals(currency) {
  return currency === STARS ? 0 : formatter(currency).resolvedOptions().maximumFractionDigits;
}

export function money(amount, currency) {
  if (currency === STARS) return `⭐ ${amount.toLocaleString("en")}`;
  return formatter(currency).format(amount / 10 ** decimals(currency));
}

export function smallest(text, currency) {
  const value = Number(text.replace(",", "."));
  return Number.isFinite(value) && value > 0 ? Math.round(value * 10 ** decimals(currency)) : 0;
}
