import type { Message } from '../domain/message.js';

/** The JSON of messages, as `MessageDto` describes each. */
export function renderMessages(messages: readonly Message[]): string {
  if (messages.length === 0) return '[]';
  return JSON.stringify(
    messages.map(({ code, severity, lineId, detail }) => ({ code, severity, line_id: lineId, detail })),
  );
}
