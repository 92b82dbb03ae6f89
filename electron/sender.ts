import { BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from "electron";
import { isOwnPage, popoutPage } from "./page-protocol.ts";

/** Whether a message comes from the top frame of our first window showing our page; a frame that is gone is refused. */
export function isFromOurPage({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  if (senderFrame === null || senderFrame !== sender.mainFrame || senderFrame.url === popoutPage) return false;
  return BrowserWindow.fromWebContents(sender) !== null && isOwnPage(senderFrame.url);
}
