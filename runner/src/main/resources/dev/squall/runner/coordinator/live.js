// The live page: asks the coordinator once a second for what is new since the last answer.
"use strict";

const MICROS_PER_MILLI = 1000;
const MOST_POINTS = 3600;
const data = { second: [], users: [], rps: [], fps: [], p50: [], p95: [] };
const byId = (id) => document.getElementById(id);
const css = (name) => {
  // Canvas does not know light-dark(); the browser resolves it on an element.
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
};

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const number = (value, digits = 1) =>
  value == null ? "–" : value.toLocaleString("en", { maximumFractionDigits: digits });
const millis = (micros) => {
  if (micros == null) return "–";
  const ms = micros / MICROS_PER_MILLI;
  return number(ms, ms < 10 ? 2 : ms < 100 ? 1 : 0);
};
const clock = (seconds) => {
  const s = Math.max(0, Math.round(seconds));
  const two = (n) => String(n).padStart(2, "0");
  return s < 3600 ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
};

let charts = [];
let latest = null;

function chart(id, series, fill) {
  const target = byId(id);
  const axis = { stroke: css("--quiet"), grid: { stroke: css("--line"), width: 1 }, ticks: { stroke: css("--line"), width: 1 } };
  return new uPlot(
    {
      width: target.clientWidth,
      height: 220,
      cursor: { sync: { key: "squall" }, points: { size: 7 } },
      scales: { x: { time: false }, y: { range: (_, __, max) => [0, max > 0 ? max * 1.08 : 1] } },
      axes: [
        { ...axis, values: (_, ticks) => ticks.map(clock), space: 60 },
        { ...axis, size: 56, values: (_, ticks) => ticks.map((t) => number(t, 2)) },
      ],
      series: [
        { label: "at", value: (_, v) => (v == null ? "–" : clock(v)) },
        ...series.map((s) => ({
          label: s.label,
          stroke: css(s.color),
          width: 2,
          fill: fill ? css(s.color).replace("rgb(", "rgba(").replace(")", ", 0.12)") : undefined,
          points: { show: false },
          value: (_, v) => number(v, 2),
        })),
      ],
    },
    columns(id),
    target,
  );
}

function columns(id) {
  switch (id) {
    case "rates": return [data.second, data.rps, data.fps];
    case "times": return [data.second, data.p50, data.p95];
    default: return [data.second, data.users];
  }
}

function draw() {
  charts.forEach((c) => c.chart.destroy());
  charts = [
    { id: "rates", chart: chart("rates", [{ label: "requests/s", color: "--green" }, { label: "failures/s", color: "--red" }], false) },
    { id: "times", chart: chart("times", [{ label: "p50", color: "--blue" }, { label: "p95", color: "--violet" }], false) },
    { id: "usersChart", chart: chart("usersChart", [{ label: "users", color: "--blue" }], true) },
  ];
}

function cell(row, text, kind = "") {
  const td = row.insertCell();
  td.textContent = text;
  td.className = kind;
}

function rows(table, list, fill) {
  const body = byId(table).tBodies[0];
  body.replaceChildren();
  list.forEach((one) => fill(body.insertRow(), one));
}

function statsRow(row, one) {
  const times = one.responseTime ?? {};
  row.className = one.whole ? "whole" : "";
  cell(row, one.method);
  cell(row, one.name);
  cell(row, whole.format(one.requests), "n");
  cell(row, whole.format(one.failures), one.failures > 0 ? "n bad" : "n");
  cell(row, number(one.milliRequestsPerSecond / 1000), "n");
  ["min", "mean", "p50", "p90", "p95", "p99", "p999", "max"].forEach((t) => cell(row, millis(times[t + "Micros"]), "n"));
}

function tile(id, text, unit = "") {
  const small = document.createElement("small");
  small.textContent = unit;
  byId(id).replaceChildren(text, unit ? " " : "", small);
}

function show(summary) {
  document.title = `${summary.run} · Squall`;
  byId("run").textContent = summary.run;
  byId("message").textContent = summary.message;
  const word = summary.verdict ?? summary.phase;
  byId("badge").textContent = word;
  byId("badge").className = `badge ${word}`;
  const last = data.second.length - 1;
  const times = summary.responseTime ?? {};
  tile("users", whole.format(summary.users));
  tile("rps", summary.phase === "Running" && last >= 0 ? number(data.rps[last]) : number(summary.milliRequestsPerSecond / 1000));
  tile("requests", whole.format(summary.requests));
  tile("failures", whole.format(summary.failures), summary.requests ? `${number((100 * summary.failures) / summary.requests, 2)} %` : "");
  ["p50", "p95", "p99"].forEach((p) => tile(p, millis(times[p + "Micros"]), "ms"));
  tile("elapsed", last >= 0 ? clock(data.second[last]) : "–");
  rows("stats", [...summary.tasks, { ...summary, method: "", name: "Aggregated", whole: true }], statsRow);
  loads(summary);
  streams(summary);
  connections(summary.connections);
  byId("failuresSection").hidden = summary.failureReasons.length === 0;
  rows("reasons", summary.failureReasons, (row, one) => {
    cell(row, whole.format(one.count), "n");
    cell(row, one.task);
    cell(row, one.kind);
    cell(row, one.reason, "wrap");
  });
  byId("thresholdsSection").hidden = summary.thresholds.length === 0;
  rows("thresholds", summary.thresholds, (row, one) => {
    [one.name, [one.load, one.task].filter(Boolean).join(", ") || "all", one.limit, one.observed, one.interval ?? "–"].forEach((t) => cell(row, t));
    cell(row, one.verdict, one.verdict);
    row.title = one.message ?? "";
  });
  byId("filesSection").hidden = summary.files.length === 0;
  byId("files").replaceChildren(
    ...summary.files.map((file) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `v1/files/${encodeURIComponent(file.name)}`;
      link.download = file.name;
      link.textContent = file.name;
      item.append(link, ` ${whole.format(file.bytes)} bytes`);
      return item;
    }),
  );
  byId("stored").textContent = summary.stored.message;
}

const MODELS = {
  closed: "model: closed, a stall of the target hides itself in part",
  open: "model: open",
  mixed: "model: mixed, of the closed loads a stall hides itself in part",
};

function loads(summary) {
  document.querySelectorAll(".model").forEach((one) => (one.textContent = MODELS[summary.model]));
  byId("loadsSection").hidden = summary.loads.length === 0;
  rows("loads", summary.loads, (row, one) => {
    cell(row, one.name);
    cell(row, one.warmUp ? `${one.model}, warm-up` : one.model);
    ["offered", "requests", "failures", "dropped", "interrupted"].forEach((c) =>
      cell(row, whole.format(one[c]), (c === "failures" || c === "dropped") && one[c] > 0 ? "n bad" : "n"),
    );
    ["p50", "p95", "p99"].forEach((t) => cell(row, millis(one.responseTime?.[`${t}Micros`]), "n times"));
  });
  // Only loads that a threshold names have times of their own.
  byId("loads").classList.toggle("untimed", summary.loads.every((one) => !one.responseTime));
  const warm = summary.warmUp;
  byId("warmUp").textContent = warm
    ? `Warm-up, outside of the result: ${whole.format(warm.requests)} requests, ${whole.format(warm.failures)} failures, p95 ${millis(warm.responseTime?.p95Micros)} ms.`
    : "";
  const cold = summary.coldStart;
  byId("coldStart").textContent = cold ? `Cold start: the first answer took ${millis(cold.responseTimeMicros)} ms.` : "";
}

function streams(summary) {
  const streamed = summary.tasks.filter((task) => task.stream);
  byId("streamsSection").hidden = streamed.length === 0;
  rows("streams", streamed, (row, { name, stream }) => {
    cell(row, name);
    cell(row, whole.format(stream.answers), "n");
    cell(row, whole.format(stream.units), "n");
    ["first", "between"].forEach((kind) => ["P50", "P95", "P99", "Max"].forEach((t) => cell(row, millis(stream[`${kind}${t}Micros`]), "n")));
  });
}

function connections({ steps, addresses, addressesOmitted }) {
  const step = (one) =>
    `${one.name} ${whole.format(one.count)}` +
    (one.times ? ` (p50 ${millis(one.times.p50Micros)}, p99 ${millis(one.times.p99Micros)} ms)` : "") +
    (one.failures > 0 ? `, ${whole.format(one.failures)} failed` : "");
  const most = addresses.slice(0, 5).map((a) => `${a.address} ${whole.format(a.requests)}`);
  const more = addresses.length - most.length + addressesOmitted;
  byId("connections").textContent =
    (steps.length > 0 ? `Connections: ${steps.map(step).join(" · ")}. ` : "") +
    (addresses.length > 1 ? `Requests by address: ${most.join(" · ")}${more > 0 ? ` · ${more} more` : ""}.` : "");
}

function add(points) {
  for (const p of points) {
    data.second.push(p.second);
    data.users.push(p.users);
    data.rps.push(p.requestsPerSecond);
    data.fps.push(p.failuresPerSecond);
    data.p50.push(p.p50Millis);
    data.p95.push(p.p95Millis);
  }
  const surplus = data.second.length - MOST_POINTS;
  if (surplus > 0) Object.values(data).forEach((column) => column.splice(0, surplus));
}

async function ask() {
  let pause = 1000;
  try {
    const after = data.second.at(-1) ?? -1;
    const answer = await fetch(`v1/live?after=${after}`, { cache: "no-store" });
    if (!answer.ok) throw new Error((await answer.text()).trim());
    latest = await answer.json();
    const { summary, points } = latest;
    add(points);
    show(summary);
    // An open load has none.
    const none = data.rps.some((rate) => rate > 0) && data.users.every((count) => count === 0);
    document.querySelectorAll(".ofUsers").forEach((one) => (one.hidden = none));
    fit();
    showSearch(latest);
    charts.forEach((c) => c.chart.setData(columns(c.id)));
    if (summary.phase === "Completed") pause = 10_000;
  } catch (e) {
    byId("message").textContent = `no answer from the coordinator: ${e.message}`;
  }
  setTimeout(ask, pause);
}

/** Charts have their places' widths, which a scroll bar changes as a window does; hidden ones have none. */
function fit() {
  charts.forEach(({ id, chart }) => {
    const width = byId(id).clientWidth;
    if (width > 0 && width !== chart.width) chart.setSize({ width, height: 220 });
  });
}

function drawAll() {
  draw();
  if (latest) showSearch(latest);
}

draw();
addEventListener("resize", () => {
  fit();
  if (latest) showSearch(latest);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
ask();
