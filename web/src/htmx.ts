// The few doors of htmx that our own scripts use.
export interface HtmxApi {
  ajax(verb: "get", address: string, how: { source: Element; target: Element; select: string; swap: string }): Promise<void>;
  defineExtension(
    name: string,
    extension: {
      isInlineSwap(style: string): boolean;
      handleSwap(style: string, target: Element, fragment: Element | DocumentFragment): boolean | Node[];
    },
  ): void;
}
