/** A parameter of a hypercall in C. */
export interface CParameter {
  /** The C type, as Xen's sources write it. */
  type: string;
  name: string;
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
