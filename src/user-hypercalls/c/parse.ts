/** A parameter of a hypercall in C. */
export interface CParameter {
  /** The C type, as Xen's sources or clang write it. */
  readonly type: string;
  readonly name: string;
}

/** A hypercall in C. */
export interface CHypercall {
  /** Without the do_. */
  name: string;
  returns: string;
  parameters: CParameter[];
  /** Line of the definition, from 1. */
  line: number;
}

/** A parameter as Xen's sources write it: guest handles by their macro. */
export function parameterText({ type, name }: CParameter): string {
  const handle = /^(?:struct )?__guest_handle_(?:param_)?(\w+)$/.exec(type)?.[1];
  const text = handle === undefined ? type : `XEN_GUEST_HANDLE_PARAM(${handle})`;
  return `${text}${text.endsWith('*') ? '' : ' '}${name}`;
}
