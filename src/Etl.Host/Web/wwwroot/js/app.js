// Puts the page together: each part is handed what the service says, and draws it at most once a frame.

import { connect } from "./live.js";
import { Header } from "./header.js";
import { PauseButton } from "./pause.js";
import { Progress } from "./progress.js";
import { Graph } from "./graph.js";
import { Plot } from "./plot.js";
import { Timeline } from "./timeline.js";
import { Covers } from "./covers.js";
import { CoverDialog } from "./cover-dialog.js";
import { Causes } from "./causes.js";
import { DeadLetters } from "./dead-letters.js";
import { Workers } from "./workers.js";

const header = new Header(document.getElementById("header"), document.getElementById("totals"));
const pauseButton = new PauseButton(document.getElementById("pause"));
const progress = new Progress(document.getElementById("progress"));
const graph = new Graph(document.getElementById("graph"));
const plot = new Plot(document.getElementById("throughput"));
const dialog = new CoverDialog(document.getElementById("cover-dialog"));
const workers = new Workers(document.getElementById("workers"));
const covers = new Covers(document.getElementById("covers"), id => dialog.open(id), query => dialog.find(query));
const causes = new Causes(document.getElementById("causes"));
const deadLetters = new DeadLetters(document.getElementById("dead-letters"), id => dialog.open(id, { hasPalette: false }));
const timeline = new Timeline(document.getElementById("timeline"), (interval, name) => deadLetters.showInterval(interval, name));

let status = null;
let scheduled = false;
let connection = "connecting";

// A tab in the background gets no frames: it draws once, when it comes to the front.
function draw() {
  scheduled = false;
  header.update(status);
  pauseButton.update(status);
  progress.update(status);
  graph.update(status);
  workers.update(status);
  plot.draw();
  timeline.update(status);
  causes.update(status);
  deadLetters.update(status);
}

connect({
  status(next) {
    if (status !== null && status.startedAt !== next.startedAt) {
      location.reload(); // another process: it counts anew, and its page may be another
      return;
    }
    status = next;
    header.title(status); // at once: a hidden tab draws nothing else
    if (connection === "live") {
      plot.add(next.now, next.second);
    } else if (connection === "polling") {
      plot.load(); // has the seconds between two requests
      covers.load();
    }
    if (!scheduled) {
      scheduled = true;
      requestAnimationFrame(draw);
    }
  },
  palettes({ items }) {
    covers.add(items);
  },
  connection(state, heardAt) {
    connection = state;
    header.connection(state, heardAt);
    if (state === "live" || state === "polling") {
      plot.load();
      covers.load();
      deadLetters.load();
    }
  },
});
