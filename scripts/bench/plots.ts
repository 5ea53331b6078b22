// Bar charts as SVG: docs/plots/*.svg.

import { find, type Results } from './results.ts';

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
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="13">
<title>${escaped(title)}</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="8" y="20" font-weight="bold">${escaped(title)}</text>
${rows.join('\n')}
</svg>
`;
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
    'starts.svg': chart('From start to end, milliseconds', 'ms', starts),
    'calls.svg': chart('A call, all on one CPU, microseconds', 'µs', [
      ...calls,
      { label: 'xen_version: real Xen under QEMU', value: realXen?.call, peer: true },
    ]),
  };
}
