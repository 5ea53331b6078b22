// Charts as SVG: docs/plots/*.svg.

import { find, type Results } from './results.ts';
import type { Lane } from './timeline.ts';

interface Bar {
  label: string;
  value: number | undefined;
  /** Another implementation, or a floor. */
  peer?: boolean;
}

const WIDTH = 760;
const LABELS = 300;
const BAR = 20;
const GAP = 8;
const TOP = 36;
const OURS = '#2f6fb7';
const THEIRS = '#9aa5b1';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function chart(title: string, unit: string, bars: readonly Bar[]): string {
  const known = bars.filter((bar): bar is Bar & { value: number } => bar.value !== undefined);
  const most = Math.max(...known.map(({ value }) => value), 1e-9);
  const height = TOP + known.length * (BAR + GAP);
  const rows = known.map(({ label, value, peer }, index) => {
    const y = TOP + index * (BAR + GAP);
    const width = Math.max(1, ((WIDTH - LABELS - 90) * value) / most);
    const text = `${value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${unit}`;
    return [
      `<text x="${LABELS - 8}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>`,
      `<rect x="${LABELS}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" fill="${peer ? THEIRS : OURS}"/>`,
      `<text x="${(LABELS + width + 6).toFixed(1)}" y="${y + 15}">${text}</text>`,
    ].join('\n');
  });
  return picture(title, height, rows);
}

function picture(title: string, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="13">
<title>${escaped(title)}</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="8" y="20" font-weight="bold">${escaped(title)}</text>
${parts.join('\n')}
</svg>
`;
}

const LANE_LABELS = 140;
const SHADES = ['#2f6fb7', '#5b94d1', '#86b3e0', '#aecdec', '#d3e4f5'];

/** Each phase is a row of its own, since short ones have no room for a text. */
function timeline(title: string, lanes: readonly Lane[]): string {
  const end = Math.max(...lanes.flatMap(({ phases }) => phases.map(({ to }) => to)), 1e-9);
  const x = (time: number) => LANE_LABELS + ((WIDTH - LANE_LABELS - 20) * time) / end;
  const all = lanes.flatMap(({ who, phases }) => phases.map((phase, index) => ({ who, index, ...phase })));
  const rows = all.map(({ who, index, what, from, to }, row) => {
    const y = TOP + row * (BAR + GAP);
    const text = `${what}, ${(to - from).toFixed(0)} ms`;
    const fits = x(to) + 7 * text.length < WIDTH;
    return [
      ...(index === 0 ? [`<text x="${LANE_LABELS - 8}" y="${y + 15}" text-anchor="end">${escaped(who)}</text>`] : []),
      `<rect x="${x(from).toFixed(1)}" y="${y}" width="${Math.max(1, x(to) - x(from)).toFixed(1)}" height="${BAR}" fill="${SHADES[index]}"/>`,
      fits
        ? `<text x="${(x(to) + 6).toFixed(1)}" y="${y + 15}">${escaped(text)}</text>`
        : `<text x="${(x(from) - 6).toFixed(1)}" y="${y + 15}" text-anchor="end">${escaped(text)}</text>`,
    ].join('\n');
  });
  return picture(title, TOP + all.length * (BAR + GAP), rows);
}

/** The plots by file name. */
export function plots(results: Results): Record<string, string> {
  const { commands = {}, realXen } = results;
  const starts = Object.entries(commands).map(([label, value]) => ({ label, value, peer: label.startsWith('node ') }));
  const us = (operation: string, placement: 'one' | 'free', subject: string) =>
    find(results, operation, placement, subject)?.us;
  const calls = ['xen_version', 'console_io', 'string', 'list_1'].flatMap((operation): Bar[] => [
    { label: `${operation}: C daemon`, value: us(operation, 'one', 'C daemon'), peer: true },
    { label: 'fauxen mount', value: us(operation, 'one', 'fauxen mount') },
    { label: 'fauxen run', value: us(operation, 'one', 'fauxen run') },
  ]);
  return {
    ...(results.timeline && { 'start.svg': timeline('A start of fauxen run -- true, milliseconds', results.timeline) }),
    'starts.svg': chart('From start to end, milliseconds', 'ms', starts),
    'calls.svg': chart('A call, all on one CPU, microseconds', 'µs', [
      ...calls,
      { label: 'xen_version: real Xen under QEMU', value: realXen?.call, peer: true },
    ]),
  };
}
