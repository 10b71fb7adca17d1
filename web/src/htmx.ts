// The few doors of htmx that our own scripts use.
export interface HtmxApi {
  swap(target: Element, content: string, how: { swapStyle: "innerHTML"; swapDelay: number; settleDelay: number }): void;
}
