/** What is done to the sound on its way: music as loud as the rest, voices nearer, the signal listened to for silence. */
import { computed, effect, signal } from "@preact/signals";
import { works } from "../api_works.js";
import { choices } from "../choices.js";
import { mediaElement, whenMade } from "./element.js";
import { factorOf } from "./gain.js";
import { current, isSpeech, playing } from "./state.js";

/** @import { Media } from "../types.js" */

/** @typedef {{ gain: GainNode, analyser: AnalyserNode }} Way of one element through the graph */

/** How fast a gain is reached, seconds: at once, but without a click. */
const SOON = 0.015;

/** @type {AudioContext | null} */
let context = null;
/** @type {AudioNode | null} */
let entrance = null;
/** The voice boost, in and out. @type {{ bypass: GainNode, boosted: GainNode } | null} */
let voice = null;
/** @type {WeakMap<HTMLMediaElement, Way>} */
const ways = new WeakMap();
/** The factor of the element that is prepared or plays. @type {WeakMap<HTMLMediaElement, number>} */
const factors = new WeakMap();
/** A sound goes through the graph, so that it can be listened to. */
export const isOpen = signal(false);

/** The loudness of albums that was asked for. @type {Map<string, ReturnType<typeof works.loudness>>} */
const asked = new Map();

/** @param {string} album */
function loudnessOf(album) {
  const known = asked.get(album) ?? works.loudness(album);
  asked.set(album, known);
  // What failed is asked again for the next track.
  known.catch(() => asked.delete(album));
  return known;
}

/** Makes an element as loud as what is known of its track says. @param {HTMLMediaElement} media @param {Media} item */
export async function tune(media, item) {
  let factor = 1;
  if (item.media_type === "track" && item.album_key && choices.value.replay_gain !== "off") {
    const known = await loudnessOf(item.album_key).catch(() => null);
    const track = known?.tracks.find((one) => one.media_id === item.id);
    factor = factorOf(track, known && { gain_db: known.album_gain_db, peak: known.album_peak }, choices.value.replay_gain);
  }
  factors.set(media, factor);
  if (factor !== 1) lead(media);
  ways.get(media)?.gain.gain.setTargetAtTime(factor, context?.currentTime ?? 0, SOON);
}

/** Leads an element through the graph, for good. Before anybody has touched the page a browser would keep it silent.
 *  @param {HTMLMediaElement} media */
export function lead(media) {
  if (ways.has(media)) return;
  if (!navigator.userActivation?.hasBeenActive) {
    addEventListener("pointerdown", () => lead(media), { once: true });
    return;
  }
  const { ctx, into } = graph();
  const gain = new GainNode(ctx, { gain: factors.get(media) ?? 1 });
  const analyser = new AnalyserNode(ctx, { fftSize: 1024 });
  const source = ctx.createMediaElementSource(media);
  source.connect(analyser);
  source.connect(gain).connect(into);
  ways.set(media, { gain, analyser });
  void ctx.resume();
  isOpen.value = true;
}

function graph() {
  if (context && entrance) return { ctx: context, into: entrance };
  // A phone shall treat it as music, not as an effect of the page that a locked screen silences.
  const session = /** @type {any} */ (navigator).audioSession;
  if (session) session.type = "playback";
  const ctx = new AudioContext({ latencyHint: "playback" });
  const into = new GainNode(ctx);
  const out = new DynamicsCompressorNode(ctx, { threshold: -1, knee: 0, ratio: 20, attack: 0.001, release: 0.1 });
  const bypass = new GainNode(ctx, { gain: 1 });
  const boosted = new GainNode(ctx, { gain: 0 });
  into.connect(bypass).connect(ctx.destination);
  // Less rumble, more of what makes words clear, and quiet ones nearly as loud as the others.
  into
    .connect(new BiquadFilterNode(ctx, { type: "highpass", frequency: 90 }))
    .connect(new BiquadFilterNode(ctx, { type: "peaking", frequency: 2800, Q: 0.8, gain: 4 }))
    .connect(new DynamicsCompressorNode(ctx, { threshold: -32, knee: 18, ratio: 4, attack: 0.004, release: 0.22 }))
    .connect(boosted)
    .connect(out)
    .connect(ctx.destination);
  [context, entrance, voice] = [ctx, into, { bypass, boosted }];
  return { ctx, into };
}

const wantsVoice = computed(() => isSpeech.value && choices.value.voice_boost);
const wantsEars = computed(() => isSpeech.value && (choices.value.voice_boost || choices.value.skip_silence));

effect(() => {
  if (playing.value && wantsEars.value) lead(mediaElement());
  if (playing.value) void context?.resume();
});
effect(() => {
  const is = wantsVoice.value && isOpen.value;
  if (!voice || !context) return;
  voice.bypass.gain.setTargetAtTime(is ? 0 : 1, context.currentTime, SOON);
  // The compressor makes up for its own loss; a little more brings quiet speakers forward.
  voice.boosted.gain.setTargetAtTime(is ? 1.2 : 0, context.currentTime, SOON);
});

effect(() => {
  const item = current.value;
  void choices.value.replay_gain;
  if (item) void tune(mediaElement(), item);
});

/** How loud it is at this moment, 0 to 1, null where nobody can listen. */
export function levelNow() {
  const way = ways.get(mediaElement());
  if (!way || context?.state !== "running") return null;
  const samples = new Float32Array(way.analyser.fftSize);
  way.analyser.getFloatTimeDomainData(samples);
  return Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
}

whenMade((media) => media.addEventListener("play", () => void context?.resume()));
