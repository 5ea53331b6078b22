// Types for the part of the WebAssembly API that module.ts uses, which Node's types and the es2023 library lack.

declare namespace WebAssembly {
  function validate(bytes: Uint8Array<ArrayBuffer>): boolean;
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }
  class Instance {
    constructor(
      module: Module,
      imports: Record<string, Record<string, (...args: bigint[]) => bigint | number | undefined>>,
    );
    readonly exports: Record<string, unknown>;
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  interface Global {
    value: bigint | number;
  }
  class RuntimeError extends Error {}
}
