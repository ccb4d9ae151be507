// The status of the service: a stream of events, or requests where the stream is not to be had.

import { events, getStatus } from "./api.js";

const STALE_AFTER = 4000; // the service says something every second
const REOPEN_AFTER = 15000;
const POLL = 2000;
const POLL_HIDDEN = 15000; // for the title of the tab

// A browser opens six connections to a host over HTTP/1.1, and a stream keeps one.
const STREAMS = 3;

/**
 * Listens to the service for as long as the page is open. A hidden tab has no stream.
 * @param {{status: Function, palettes: Function, connection: (state: "live"|"polling"|"hidden"|"lost"|"ended", heardAt: number) => void}} handlers
 */
export function connect(handlers) {
  let source = null, release = null, state, heardAt = Date.now(), openedAt = 0, polledAt = 0, polling = false;

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

  const close = () => {
    source?.close();
    release?.();
    source = release = null;
  };

  const open = async () => {
    close();
    const at = openedAt = Date.now();
    const place = await placeOfStream();
    if (at !== openedAt || document.hidden) {
      place?.(); // the tab was hidden or shown meanwhile
      return;
    }
    release = place;
    if (place === null) {
      return;
    }
    const opened = source = new EventSource(events);
    source.addEventListener("status", event => hear(handlers.status, event));
    source.addEventListener("palettes", event => hear(handlers.palettes, event));
    source.addEventListener("ending", () => move("ended"));
    source.addEventListener("error", () => {
      if (opened === source && state === "live") {
        move("lost");
      }
    });
  };

  const poll = async () => {
    polledAt = Date.now();
    polling = true;
    try {
      const status = await getStatus(AbortSignal.timeout(POLL_HIDDEN));
      heardAt = Date.now();
      move(document.hidden ? "hidden" : "polling");
      handlers.status(status);
    } catch {
      if (state !== "ended") {
        move("lost");
      }
    } finally {
      polling = false;
    }
  };

  const streams = () => source?.readyState === EventSource.OPEN && Date.now() - heardAt < STALE_AFTER;

  // An EventSource reconnects by itself, but neither after an answer that is an error nor out of a connection that fell silent.
  const look = () => {
    const now = Date.now();
    if (document.hidden) {
      if (!polling && now - polledAt > POLL_HIDDEN) {
        poll();
      }
      return;
    }
    const opens = source !== null && source.readyState !== EventSource.CLOSED && now - openedAt < STALE_AFTER;
    if (streams() || opens) {
      return;
    }
    if (now - openedAt > REOPEN_AFTER) {
      open();
    }
    if (!polling && now - polledAt > POLL) {
      poll();
    }
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      openedAt = 0;
      close();
      move("hidden");
      polledAt = Date.now();
    } else {
      open();
      poll();
    }
  });
  addEventListener("pagehide", close);

  setInterval(look, 1000);
  open();
}

/**
 * One of the places of streams, which all tabs share, and null when they are taken. Without locks (a page that is neither on this machine
 * nor behind HTTPS) each tab takes one.
 * @returns {Promise<(() => void)|null>} gives the place back
 */
async function placeOfStream() {
  if (!navigator.locks) {
    return () => {};
  }
  for (let place = 0; place < STREAMS; place++) {
    const release = await new Promise(taken => {
      navigator.locks.request(`etl-stream-${place}`, { ifAvailable: true }, lock => {
        if (lock === null) {
          taken(null);
          return undefined;
        }
        return new Promise(release => taken(release));
      });
    });
    if (release !== null) {
      return release;
    }
  }
  return null;
}
