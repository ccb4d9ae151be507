// The button that pauses and resumes the service.

import { pause, resume } from "./api.js";
import { change } from "./change.js";
import { setText } from "./dom.js";

export class PauseButton {
  #button;
  #status = null;

  constructor(button) {
    this.#button = button;
    button.addEventListener("click", () => this.#switch());
  }

  update(status) {
    this.#status = status;
    this.#button.hidden = status.state === "draining" || status.state === "standby";
    setText(this.#button, status.pausedAt === null ? "Pause" : "Resume");
  }

  async #switch() {
    this.#button.disabled = true;
    try {
      await change(this.#status.pausedAt === null ? pause : resume, this.#status.retryNeedsKey);
    } finally {
      this.#button.disabled = false;
    }
  }
}
