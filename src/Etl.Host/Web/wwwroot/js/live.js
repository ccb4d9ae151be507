// The stream of events, and whether it can be relied on.

import { events } from "./api.js";

const STALE_AFTER = 4000; // the service says something every second
const REOPEN_AFTER = 15000;

/**
 * Listens to the service for as long as the page is open.
 * @param {{status: Function, palettes: Function, connection: (state: "live"|"lost"|"ended", heardAt: number) => void}} handlers
 */
export function connect(handlers) {
  let source, state, heardAt = Date.now(), openedAt;

  const move = next => {
    if (state !== next) {
      state = next;
      handlers.connection(state, heardAt);
    }
  };

  const hear = (handle, event) => {
    heardAt = Date.now();
    move("live");
    handle(JSON.parse(event.data));
  };

  const open = () => {
    source?.close();
    openedAt = Date.now();
    source = new EventSource(events);
    source.addEventListener("status", event => hear(handlers.status, event));
    source.addEventListener("palettes", event => hear(handlers.palettes, event));
    source.addEventListener("ending", () => move("ended"));
    source.addEventListener("error", () => {
      if (state !== "ended") {
        move("lost");
      }
    });
  };

  // An EventSource reconnects by itself, but neither after an answer that is an error nor out of a connection that fell silent.
  setInterval(() => {
    const now = Date.now();
    if (now - heardAt > STALE_AFTER && state === "live") {
      move("lost");
    }
    const closed = source.readyState === EventSource.CLOSED;
    if (now - openedAt > (closed ? STALE_AFTER : REOPEN_AFTER) && now - heardAt > STALE_AFTER) {
      open();
    }
  }, 1000);

  open();
}
