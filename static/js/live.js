/** The only place that listens: Socket.IO events are hints, and any doubt is answered by loading again. */
import { signal } from "@preact/signals";
import { api, goToLogin } from "./api.js";
import { SequenceWatch } from "./sequence.js";
import { advanceJob, collectionRevision, libraryRevision, loadDiscs, loadJobs, loadReview, loadStats, patchJob, podcastRevision, reviewRevision } from "./store.js";
import { arrivalRevision } from "./transfers.js";
import { nextTurn } from "./turns.js";

/** @typedef {{ room: string, seq: number, [field: string]: any }} Hint */

/** False while the page may show old news. */
export const connected = signal(true);

const watch = new SequenceWatch();

/** @type {{ disconnect(): unknown, connect(): unknown } | null} */
let line = null;

/** Which rooms are heard is settled when the connection is made: what was added since is heard from now on. */
export function listenAnew() {
  line?.disconnect();
  line?.connect();
}

/** Connects and keeps connected. Called once, after the first view is on the page. */
export async function startLive() {
  const { io } = await import("socket.io-client");
  await nextTurn();
  const socket = (line = io({ path: "/socket.io", transports: ["websocket", "polling"] }));
  socket.on("hello", (/** @type {{ rooms: Record<string, number> }} */ hello) => {
    connected.value = true;
    if (watch.greet(hello.rooms)) reloadEverything();
  });
  socket.on("disconnect", () => (connected.value = false));
  socket.on("connect_error", () => {
    connected.value = false;
    if (!socket.active) void askWhetherStillHere(socket);
  });
  for (const [event, react] of Object.entries(reactions)) {
    socket.on(event, (/** @type {Hint} */ hint) => {
      const order = watch.place(hint.room, hint.seq);
      if (order === "next") react(hint);
      else if (order === "gap") reloadEverything();
    });
  }
  // A phone that slept may come back to a socket that looks alive and is not.
  addEventListener("online", () => socket.connect());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && !socket.connected) socket.connect();
  });
}

/** What is done to files that are here; everything else that goes on is fetched. */
const LIBRARY_STAGES = new Set(["walk", "probe", "identify", "move", "analyse", "write", "plan"]);

/** @type {Record<string, (hint: Hint) => void>} */
const reactions = {
  disc_detected: () => discsSoon(),
  drive_update: () => discsSoon(),
  job_created: () => jobsSoon(),
  job_update: (hint) => {
    if (typeof hint.status === "string") patchJob(hint.job_id, { status: /** @type {any} */ (hint.status) });
    jobsSoon();
    if (hint.status === "done") librarySoon();
  },
  rip_progress: (hint) =>
    advanceJob(hint.job_id, {
      status: "encoding",
      progress: hint.progress,
      eta_seconds: hint.eta_seconds,
      speed: hint.speed,
      stage: hint.stage,
      step: hint.step,
    }),
  job_progress: (hint) =>
    advanceJob(hint.job_id, {
      status: LIBRARY_STAGES.has(hint.stage) ? "working" : "downloading",
      progress: hint.progress,
      eta_seconds: hint.eta_seconds,
      speed: hint.speed,
      stage: hint.stage,
      step: hint.step,
      retry_at: null,
    }),
  library_updated: () => librarySoon(),
  library_changed: () => librarySoon(),
  upload_updated: () => arrivalsSoon(),
  podcast_updated: () => podcastsSoon(),
  collection_updated: () => collectionsSoon(),
  review_updated: () => reviewSoon(),
  session_ended: () => goToLogin(),
};

/** One load for a burst of hints. @param {number} ms @param {() => Promise<unknown>[]} load */
function soon(ms, load) {
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;
  return () => {
    timer ??= setTimeout(() => {
      timer = null;
      Promise.all(load()).catch(retryLater);
    }, ms);
  };
}

const discsSoon = soon(120, () => [loadDiscs()]);
const jobsSoon = soon(120, () => [loadJobs(), loadDiscs()]);
const librarySoon = soon(600, () => {
  libraryRevision.value += 1;
  return [loadStats()];
});

// A round of the feeds tells of each podcast; the shelf need not be loaded for every one.
const podcastsSoon = soon(1200, () => {
  podcastRevision.value += 1;
  return [];
});

const arrivalsSoon = soon(400, () => {
  arrivalRevision.value += 1;
  return [];
});

const collectionsSoon = soon(400, () => {
  collectionRevision.value += 1;
  return [];
});

const reviewSoon = soon(800, () => {
  reviewRevision.value += 1;
  return [loadReview()];
});

function reloadEverything() {
  reviewSoon();
  jobsSoon();
  collectionsSoon();
  podcastsSoon();
  librarySoon();
}

/** How long to wait after a load that failed, ms. */
const RETRY_MS = 3000;

function retryLater() {
  setTimeout(reloadEverything, RETRY_MS);
}

/** A refused connection is either an ended session or a server in trouble. @param {{ connect(): unknown }} socket */
async function askWhetherStillHere(socket) {
  try {
    await api.me();
  } catch {
    // 401 has left for the sign-in already; anything else is tried again below.
  }
  setTimeout(() => socket.connect(), 5000);
}
