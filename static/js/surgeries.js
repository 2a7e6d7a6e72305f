// Find a GP surgery while typing: an editable combobox with a list, after the ARIA Authoring Practices.
// Without this script, or when a request fails, Continue lists the same surgeries to choose from.

const PAUSE = 200;
const LEAST = 2;

export function suggestSurgeries(page) {
  const box = page.querySelector("[data-suggest]");
  const input = box && page.getElementById(box.dataset.input);
  // Where surgeries are listed to choose from already, that list is enough.
  if (input && !input.form.elements.surgery) new Suggestions(page, box, input).offer();
}

class Suggestions {
  constructor(page, box, input) {
    Object.assign(this, { page, box, input, words: box.dataset, at: -1, options: [], timer: 0, asked: null });
    [this.help, this.list, this.told] = box.children;
    this.kept = ["surgery", "searched"].map((name) => Object.assign(page.createElement("input"), { type: "hidden", name }));
  }

  offer() {
    const { input, box } = this;
    input.after(box);
    box.hidden = false;
    input.autocomplete = "off";
    const described = [input.getAttribute("aria-describedby"), this.help.id].filter(Boolean).join(" ");
    const states = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-describedby": described };
    for (const [name, value] of Object.entries(states)) input.setAttribute(name, value);
    this.close();
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    // The input keeps the focus, and on a phone the list stays when the keyboard is put away.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.choose(option);
    });
    for (const leaving of ["focusin", "click"]) {
      this.page.addEventListener(leaving, ({ target }) => target === input || box.contains(target) || this.close());
    }
  }

  typed() {
    for (const hidden of this.kept) hidden.remove();
    clearTimeout(this.timer);
    this.asked?.abort();
    if (this.input.value.trim().length < LEAST) return this.show([], "");
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.asked = new AbortController();
    const token = this.input.form.elements.csrf_token.value;
    const body = new URLSearchParams({ gp: this.input.value, csrf_token: token });
    try {
      const answer = await fetch(this.words.suggest, { method: "POST", body, signal: this.asked.signal });
      if (!answer.ok) return;
      const found = await answer.json();
      const { one, some, none } = this.words;
      this.show(found, found.length === 1 ? one : found.length ? some.replace("#", found.length) : none);
    } catch {
      // Another letter was typed, or there is no connection: the form works as it stands.
    }
  }

  show(found, words) {
    const last = found.length ? [{ code: "not_listed", name: this.words.notListed }] : [];
    this.options = [...found, ...last].map((surgery, number) => this.option(surgery, number));
    this.list.replaceChildren(...this.options);
    this.told.textContent = words;
    this.options.length ? this.open() : this.close();
  }

  option({ code, name }, number) {
    const option = this.page.createElement("li");
    Object.assign(option, { id: `${this.list.id}-${number}`, role: "option", className: "app-suggest__option" });
    Object.assign(option.dataset, { code, name });
    const comma = code === "not_listed" ? -1 : name.indexOf(",");
    const first = this.page.createElement("strong");
    first.textContent = comma < 0 ? name : name.slice(0, comma);
    option.append(first, comma < 0 ? "" : name.slice(comma));
    return option;
  }

  pressed(event) {
    const { key } = event;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step && this.options.length) {
      event.preventDefault();
      if (this.list.hidden) this.open();
      // Up from the first, and down from the last, is the input itself: the words typed are one of the places.
      const places = this.options.length + 1;
      this.mark(((this.at + 1 + step + places) % places) - 1);
    } else if (key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.choose(this.options[this.at]);
    } else if (key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (key !== "Shift") {
      this.mark(-1);
    }
  }

  mark(at) {
    this.at = at;
    this.options.forEach((option, number) => option.setAttribute("aria-selected", number === at));
    const active = this.options[at];
    if (!active) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({ block: "nearest" });
  }

  choose({ dataset: { code, name } }) {
    const isListed = code !== "not_listed";
    if (isListed) this.input.value = name;
    const values = { surgery: code, searched: this.input.value };
    for (const hidden of this.kept) hidden.value = values[hidden.name];
    this.box.append(...this.kept);
    this.told.textContent = (isListed ? this.words.chosen : this.words.asTyped).replace("#", this.input.value);
    this.input.focus();
    this.close();
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(-1);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }
}

suggestSurgeries(document);
