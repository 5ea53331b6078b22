/** A PCI function's name, as 0000:00:01.3. `devfn` is device << 3 | function. */
export function pciName(segment: number, bus: number, devfn: number): string {
  const digits = (value: number, width: number) => value.toString(16).padStart(width, '0');
  return `${digits(segment, 4)}:${digits(bus, 2)}:${digits(devfn >> 3, 2)}.${devfn & 7}`;
}
