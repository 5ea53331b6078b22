// Describes a C struct of the protocol as its fields in order, and computes their offsets.

export interface Struct<Field extends string> {
  /** Byte offset of each field from the start of the message (not of the struct). */
  readonly at: Readonly<Record<Field, number>>;
  readonly start: number;
  /** First byte after the struct: where a name or data follows. */
  readonly end: number;
  readonly size: number;
}

/** Bytes before the struct in a request (fuse_in_header) and in a reply (fuse_out_header). */
export const REQUEST_HEADER_SIZE = 40;
export const REPLY_HEADER_SIZE = 16;

/** `fields`: widths in bytes, in the header's order. The protocol has explicit padding, so a misaligned field is a mistake here. */
export function struct<Field extends string>(start: number, fields: Record<Field, number>): Struct<Field> {
  const at = {} as Record<Field, number>; // filled below, with a key for each field
  let end = start;
  for (const [name, width] of Object.entries(fields) as [Field, number][]) {
    const alignment = Math.min(width, 8);
    if ((end - start) % alignment !== 0)
      throw new Error(`field ${name} at ${end - start} is not aligned to ${alignment}`);
    at[name] = end;
    end += width;
  }
  return { at, start, end, size: end - start };
}

export function requestStruct<Field extends string>(fields: Record<Field, number>): Struct<Field> {
  return struct(REQUEST_HEADER_SIZE, fields);
}

export function replyStruct<Field extends string>(fields: Record<Field, number>): Struct<Field> {
  return struct(REPLY_HEADER_SIZE, fields);
}
