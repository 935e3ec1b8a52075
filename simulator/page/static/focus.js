// The keyboard's place in a chat: it stays on its button when the screen changes, else it goes to the newest one.

const PRESSABLE = ".keyboard button:not(:disabled)";

export class Focus {
  constructor(pane, list) {
    Object.assign(this, { pane, list, lost: false });
  }

  // Draw, and bring the keyboard back when what it was on is gone. A screen may be away for a moment before the next comes.
  keep(draw) {
    const held = this.#held();
    draw();
    if (held && !held.element.checkVisibility()) this.#restore(held);
    else if (this.lost && document.activeElement === document.body) this.newest();
  }

  // To the newest button there is, or the next to come; unless the keyboard is somewhere already.
  newest() {
    if (document.activeElement === document.body) this.#toNewest();
  }

  #toNewest() {
    const pressable = [...this.list.querySelectorAll(".message")].findLast((message) => message.querySelector(PRESSABLE));
    this.#to(pressable?.querySelector(PRESSABLE));
  }

  #held() {
    const element = document.activeElement;
    if (element === document.body || !this.pane.contains(element)) return null;
    const message = element.closest(".message");
    const buttons = message ? [...message.querySelectorAll(PRESSABLE)] : [];
    return { element, id: message?.dataset.id, label: element.dataset.label, place: buttons.indexOf(element) };
  }

  #restore({ id, label, place }) {
    const buttons = id ? [...this.list.querySelectorAll(`[data-id="${id}"] ${PRESSABLE}`)] : [];
    const button = buttons.find((one) => one.dataset.label === label) ?? buttons[Math.min(Math.max(place, 0), buttons.length - 1)];
    if (button) this.#to(button);
    else this.#toNewest();
  }

  #to(button) {
    this.lost = !button;
    button?.focus({ preventScroll: true });
  }
}
