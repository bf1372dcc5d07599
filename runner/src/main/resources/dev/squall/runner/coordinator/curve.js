// The curve of a search: each level tried, throughput against response time; what is tried now; the answer.
"use strict";

const OUTCOMES = {
  Holds: "--green", Steady: "--green", Near: "--amber", Unsteady: "--amber", Broken: "--red", OverSaturated: "--violet", Spoiled: "--quiet",
};
const WORDS = { OverSaturated: "over-saturated", Near: "too near to say", Spoiled: "spoiled by the runners" };
const word = (outcome) => WORDS[outcome] ?? outcome.toLowerCase();
const unit = (of) => (of === "rate" ? "arrivals/s" : of);
let curve = null;

function levelsOf(summary, search) {
  const tried = (summary.capacity?.curve ?? summary.sweep ?? []).map((one) => ({
    level: one.milliLevel / 1000,
    rps: one.milliRequestsPerSecond / 1000,
    ms: one.responseTimeMicros / MICROS_PER_MILLI,
    confirms: one.confirms,
    outcome: one.outcome,
    row: one,
  }));
  const now = search && !search.over && !summary.verdict ? search : null;
  return { tried, now, limit: search?.limitMillis, answer: summary.capacity?.milliLevel, of: search?.of ?? summary.capacity?.of ?? "" };
}

// Lines and marks that no series of uPlot draws: the way from level to level, the limit, the point that is measured now.
function under(u, { tried, limit }) {
  const { ctx, bbox } = u;
  const at = (one) => [u.valToPos(one.rps, "x", true), u.valToPos(one.ms, "y", true)];
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.strokeStyle = css("--quiet");
  ctx.globalAlpha = 0.55;
  ctx.beginPath();
  tried.filter((one) => one.outcome !== "Spoiled" && one.ms > 0).forEach((one) => ctx.lineTo(...at(one)));
  ctx.stroke();
  ctx.globalAlpha = 1;
  if (limit) {
    const y = u.valToPos(limit, "y", true);
    ctx.strokeStyle = ctx.fillStyle = css("--red");
    ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    ctx.textAlign = "left";
    ctx.fillText(`threshold ${number(limit, 2)} ms`, bbox.left + 8 * devicePixelRatio, y - 5 * devicePixelRatio);
  }
  ctx.restore();
}

function over(u, { tried, now, answer }) {
  const { ctx } = u;
  const dot = devicePixelRatio;
  ctx.save();
  ctx.lineWidth = 2 * dot;
  ctx.font = `600 ${12 * dot}px system-ui, sans-serif`;
  const mark = (one, radius, color, text) => {
    const x = u.valToPos(one.rps, "x", true);
    const y = u.valToPos(one.ms, "y", true);
    ctx.strokeStyle = ctx.fillStyle = css(color);
    ctx.beginPath();
    ctx.arc(x, y, radius * dot, 0, 2 * Math.PI);
    ctx.stroke();
    const left = x > u.bbox.left + u.bbox.width / 2;
    ctx.textAlign = left ? "right" : "left";
    ctx.fillText(text, x + (left ? -1 : 1) * (radius + 6) * dot, y + (y > u.bbox.top + u.bbox.height - 24 * dot ? -10 : 20) * dot);
  };
  const found = answer == null ? null : tried.find((one) => one.confirms && one.row.milliLevel === answer);
  if (found) mark(found, 9, "--green", `capacity ${number(found.level)}`);
  if (now?.millis > 0) mark({ rps: now.requestsPerSecond, ms: now.millis }, 6, "--blue", `now ${number(now.level)}`);
  ctx.restore();
}

function curveData({ tried, now, limit }) {
  const sorted = tried.filter((one) => one.ms > 0).sort((a, b) => a.rps - b.rps);
  const kinds = [...new Set(sorted.map((one) => one.outcome))];
  const xs = sorted.map((one) => one.rps);
  const ys = sorted.map((one) => one.ms);
  const all = [...ys, ...(now?.millis > 0 ? [now.millis] : []), ...(limit ? [limit] : [])];
  const right = Math.max(1, ...xs, now?.requestsPerSecond ?? 0) * 1.08;
  // A target past its capacity answers a thousand times more slowly: the rest would lie on the ground.
  const wide = all.length > 0 && Math.max(...all) > 20 * Math.min(...all);
  const range = wide ? [Math.min(...all) / 1.6, Math.max(...all) * 1.8] : [0, Math.max(1e-3, ...all) * 1.15];
  return { sorted, kinds, xs, right, wide, range };
}

// Of a logarithmic axis' lines those of the powers of ten: all of them are a fence.
const tens = (_, splits) => splits.map((t) => (Number.isInteger(Math.log10(t)) ? t : null));

function drawCurve(view) {
  const target = byId("curve");
  const { sorted, kinds, xs, right, wide, range } = curveData(view);
  curve?.destroy();
  const axis = { stroke: css("--quiet"), grid: { stroke: css("--line"), width: 1 }, ticks: { stroke: css("--line"), width: 1 } };
  curve = new uPlot(
    {
      width: target.clientWidth,
      height: 300,
      cursor: { points: { size: 9 }, dataIdx: (u, i, idx) => idx },
      scales: { x: { time: false, range: [0, right] }, y: { distr: wide ? 3 : 1, range } },
      axes: [
        { ...axis, label: "requests/s", labelSize: 18, labelFont: "12px system-ui, sans-serif", values: (_, ticks) => ticks.map((t) => number(t, 1)) },
        { ...axis, grid: { ...axis.grid, filter: wide ? tens : undefined }, size: 60, values: (_, ticks) => ticks.map((t) => (t == null ? null : number(t, 2))) },
      ],
      series: [
        { label: "requests/s", value: (_, v) => number(v) },
        ...kinds.map((kind) => ({
          label: word(kind),
          stroke: css(OUTCOMES[kind]),
          paths: () => null,
          points: { show: true, size: 9, fill: css(OUTCOMES[kind]), stroke: css("--panel") },
          value: (_, v, __, i) => (v == null || i == null ? "–" : `${number(sorted[i].level)} ${unit(view.of)}: ${number(v, 2)} ms`),
        })),
      ],
      hooks: { drawAxes: [(u) => under(u, view)], draw: [(u) => over(u, view)] },
    },
    [xs, ...kinds.map((kind) => sorted.map((one) => (one.outcome === kind ? one.ms : null)))],
    target,
  );
}

function showSearch({ summary, search, answer }) {
  const view = levelsOf(summary, search);
  const any = view.tried.length > 0 || view.now != null;
  byId("searchSection").hidden = !any;
  if (!any) return;
  const percentile = search?.percentile ?? (view.tried[0]?.row.milliPercentile ?? 95_000) / 1000;
  byId("searchTitle").textContent = summary.capacity ? "Search for capacity" : "Sweep";
  byId("curveTitle").textContent = `p${number(percentile, 3)} of the response time in ms, against throughput`;
  document.querySelectorAll(".percentile").forEach((one) => (one.textContent = `p${number(percentile, 3)}`));
  const { now } = view;
  byId("searchNow").textContent = now
    ? `Trial ${now.trial}: ${number(now.level)} ${unit(view.of)}${now.confirms ? ", the longer run that confirms" : ""}. ` +
      (now.measuredSeconds > 0 ? `${clock(now.measuredSeconds)} of at most ${clock(now.mostSeconds)} measured.` : "The level settles.")
    : "";
  const found = summary.capacity;
  byId("answer").hidden = found?.milliLevel == null;
  if (found?.milliLevel != null) {
    tile("capacity", number(found.milliLevel / 1000), unit(found.of));
    byId("limitedBy").textContent = answer ? `Holds every threshold: ${answer}.` : "";
  }
  rows("levels", view.tried, (row, one) => {
    cell(row, number(one.level), "n");
    cell(row, number(one.rps), "n");
    cell(row, millis(one.row.responseTimeMicros), "n");
    cell(row, `${number(one.row.failuresPerMillion / 10_000, 2)} %`, one.row.failuresPerMillion > 0 ? "n bad" : "n");
    cell(row, whole.format(one.row.inFlight), "n");
    cell(row, clock(one.row.seconds), "n");
    cell(row, word(one.outcome) + (one.confirms ? ", confirms" : ""), `outcome ${one.outcome}`);
    cell(row, one.row.message ?? "", "wrap");
    if (one.confirms && one.row.milliLevel === view.answer) row.className = "answer";
  });
  drawCurve(view);
}
