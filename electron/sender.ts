import { BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from "electron";
import { isOwnPage } from "./page-protocol.ts";

/** Whether a message comes from the top frame of our window showing our page; a frame that is gone is refused. */
export function isFromOurPage({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  if (senderFrame === null || senderFrame !== sender.mainFrame) return false;
  return BrowserWindow.fromWebContents(sender) !== null && isOwnPage(senderFrame.url);
}
