/** The figures of a domain's memory that getdomaininfo shows. */
export abstract class DomainFigures {
  /** Called after each change. */
  onFigure: () => void = () => {};
  #totalPages = 0;
  #maxPages = 0;
  #sharedInfoGfn: number | undefined;
  #sharedInfoMfn: number | undefined;

  /** Pages it has. */
  get totalPages(): number {
    return this.#totalPages;
  }

  set totalPages(pages: number) {
    this.#totalPages = pages;
    this.onFigure();
  }

  /** Pages it may have (max_mem). */
  get maxPages(): number {
    return this.#maxPages;
  }

  set maxPages(pages: number) {
    this.#maxPages = pages;
    this.onFigure();
  }

  /** Translated: the guest frame at which its shared_info was last mapped, while it is still there. */
  get sharedInfoGfn(): number | undefined {
    return this.#sharedInfoGfn;
  }

  set sharedInfoGfn(gfn: number | undefined) {
    this.#sharedInfoGfn = gfn;
    this.onFigure();
  }

  /** Machine frame of its shared_info; undefined until it is needed. */
  get sharedInfoMfn(): number | undefined {
    return this.#sharedInfoMfn;
  }

  set sharedInfoMfn(mfn: number | undefined) {
    this.#sharedInfoMfn = mfn;
    this.onFigure();
  }
}
