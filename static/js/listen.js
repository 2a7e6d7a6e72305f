// Listen: an Easy Read page read aloud by the browser's own voice, line by line, the line marked.

import { linesOf } from "./lines.js";

const SLOWER = 0.9;
const NOW = "app-listen-now";
const STARTED = "app-listen--started";

/** Show the button as soon as this device has a voice for the page's language; without one the page stays as it is. */
export function offerListening(page, speech = window.speechSynthesis) {
  const control = page.querySelector("[data-listen]");
  if (!control || !speech || !window.SpeechSynthesisUtterance) return;
  const offer = () => {
    if (control.hidden && voiceFor(page.documentElement.lang, speech)) new Reader(page, control, speech).offer();
  };
  offer();
  speech.addEventListener?.("voiceschanged", offer);
}

/** Only a voice that lives on this device: another would send every word, answers too, to somebody's server. */
function voiceFor(lang, speech) {
  const short = lang.split("-")[0];
  const fitting = speech.getVoices().filter((voice) => voice.localService && voice.lang.split(/[-_]/)[0] === short);
  const british = (voice) => voice.lang.replace("_", "-") === "en-GB";
  return fitting.find(british) ?? fitting.find((voice) => voice.default) ?? fitting[0];
}

class Reader {
  constructor(page, control, speech) {
    Object.assign(this, { page, control, speech, lines: [], at: 0, saying: null });
    [this.main, this.again] = control.querySelectorAll("button");
    this.words = this.main.querySelector("span");
  }

  offer() {
    this.control.hidden = false;
    this.main.addEventListener("click", () => (this.saying ? this.stop() : this.go(this.at)));
    this.again.addEventListener("click", () => (this.main.focus(), this.go(0)));
    this.page.addEventListener("keydown", (event) => event.key === "Escape" && this.saying && this.stop());
    window.addEventListener("pagehide", () => this.stop());
    this.speech.cancel(); // Some browsers go on reading the page before.
  }

  go(at) {
    this.speech.cancel();
    if (at === 0) this.lines = linesOf(this.page.querySelector("main"));
    this.say(at);
  }

  say(at) {
    this.mark(null);
    this.at = at < this.lines.length ? at : 0;
    if (at >= this.lines.length) return this.rest();
    const { element, words } = this.lines[at];
    const said = new SpeechSynthesisUtterance(words);
    said.lang = element.closest("[lang]").lang;
    said.voice = voiceFor(said.lang, this.speech) ?? null;
    said.rate = SLOWER;
    said.onend = () => this.saying === said && this.say(at + 1);
    said.onerror = () => this.saying === said && this.stop();
    this.saying = said; // Kept, or some browsers throw it away and never say that it ended.
    this.mark(element);
    this.show();
    this.speech.speak(said);
  }

  stop() {
    this.rest();
    this.speech.cancel();
  }

  rest() {
    this.saying = null;
    this.mark(null);
    this.show();
  }

  mark(element) {
    this.page.querySelector(`.${NOW}`)?.classList.remove(NOW);
    if (!element) return;
    element.classList.add(NOW);
    const { top, bottom } = element.getBoundingClientRect();
    if (top < this.control.offsetHeight || bottom > window.innerHeight) {
      const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      element.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    }
  }

  show() {
    const { begin, stop, goOn } = this.main.dataset;
    const isHalfWay = !this.saying && this.at > 0;
    this.words.textContent = this.saying ? stop : isHalfWay ? goOn : begin;
    this.again.hidden = !isHalfWay;
    this.control.classList.toggle(STARTED, Boolean(this.saying) || isHalfWay);
  }
}

offerListening(document);
