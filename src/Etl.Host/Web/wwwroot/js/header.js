// The bar at the top with its banners, the line at the bottom and the title of the tab.

import { announce, create, partsOf, setText } from "./dom.js";
import { duration, time, timeWithSeconds } from "./format.js";
import { bannersOf, nameOf, stateOf, titleOf } from "./state.js";

const CONNECTIONS = {
  live: "Live",
  polling: "Live, every 2\u00a0s",
  ended: "The service has stopped. Reconnecting…",
};

export class Header {
  #bar;
  #foot;
  #state;

  constructor(bar, foot) {
    this.#bar = partsOf(bar);
    this.#foot = partsOf(foot);
  }

  update(status) {
    const name = nameOf(status);
    if (this.#state !== name) {
      this.#state = name;
      document.body.dataset.state = stateOf(status);
      announce(name);
    }
    setText(this.#bar.catalogue, `${status.database} / ${status.table}`);
    setText(this.#bar.state, name);
    this.#banners(bannersOf(status));
    this.#since(status);
  }

  title(status) {
    const title = titleOf(status);
    if (document.title !== title) {
      document.title = title;
    }
  }

  connection(state, heardAt) {
    if (state === "hidden") {
      return;
    }
    document.body.dataset.connection = state === "polling" ? "live" : state;
    const text = CONNECTIONS[state] ?? `Connection lost. Figures from ${timeWithSeconds(heardAt)}. Reconnecting…`;
    setText(this.#bar.connection, text);
    announce(text);
  }

  #banners(banners) {
    const list = this.#bar.banners;
    list.hidden = banners.length === 0;
    while (list.childElementCount > banners.length) {
      list.lastElementChild.remove();
    }
    banners.forEach(({ text, bad }, index) => {
      const banner = list.children[index] ?? list.appendChild(create("li"));
      banner.classList.toggle("bad", bad ?? false);
      setText(banner, text);
    });
  }

  #since({ startedAt, now, version }) {
    const started = Date.parse(startedAt);
    setText(this.#foot.totals, `Running since ${time(started)} (${duration((Date.parse(now) - started) / 1000)})`);
    setText(this.#foot.version, `Etl ${version}`);
  }
}
