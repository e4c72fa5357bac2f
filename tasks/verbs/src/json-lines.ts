import { createInterface } from 'node:readline';
import type { Socket } from 'node:net';

/** Sends one message as a line. */
export function sendLine(socket: Socket, message: object): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
}

/** Calls back for each message; lines that are no JSON end the connection. */
export function onLines<T>(socket: Socket, receive: (message: T) => void): void {
  createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
    let message: T;
    try {
      message = JSON.parse(line) as T;
    } catch {
      socket.destroy();
      return;
    }
    receive(message);
  });
}
