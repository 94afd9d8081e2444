/** Messages of Jupyter's wire protocol, signed. Source: jupyter-client.readthedocs.io/en/latest/messaging.html, 5.4. */
import {createHmac, randomUUID, timingSafeEqual} from 'node:crypto';

export const PROTOCOL = '5.4';

const DELIMITER = Buffer.from('<IDS|MSG>');

export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

export interface Message {
  /** Whom a reply goes to. */
  identities: Buffer[];
  header: Header;
  parent: Partial<Header>;
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
  buffers: Buffer[];
}

/** One notebook's connection: its key, and this kernel's name for itself. */
export class Wire {
  private readonly session = randomUUID();

  /** @param key of the connection file; an empty one means unsigned messages */
  constructor(private readonly key: string) {}

  /** @throws Error for what isn't a message, or isn't signed with the key */
  parse(frames: Buffer[]): Message {
    const delimiter = frames.findIndex((frame) => frame.equals(DELIMITER));
    const [signature, ...parts] = frames.slice(delimiter + 1);
    if (delimiter < 0 || signature === undefined || parts.length < 4) throw new Error('it is no message of Jupyter');
    const expected = Buffer.from(this.sign(parts.slice(0, 4)));
    if (expected.length !== signature.length || !timingSafeEqual(expected, signature)) {
      throw new Error('its signature is wrong');
    }
    const [header, parent, metadata, content] = parts.slice(0, 4).map((part) => JSON.parse(part.toString()) as unknown);
    return {
      identities: frames.slice(0, delimiter),
      header: header as Header,
      parent: parent as Partial<Header>,
      metadata: metadata as Record<string, unknown>,
      content: content as Record<string, unknown>,
      buffers: parts.slice(4),
    };
  }

  /** The frames of a new message. @param parent the request that it belongs to, left out for what no request caused */
  frames(
    type: string,
    content: Record<string, unknown>,
    parent: Message | undefined,
    {
      to = [],
      metadata = {},
      buffers = [],
    }: {to?: Buffer[]; metadata?: Record<string, unknown>; buffers?: Buffer[]} = {},
  ): Buffer[] {
    const header: Header = {
      msg_id: randomUUID(),
      msg_type: type,
      session: this.session,
      username: parent?.header.username ?? 'kernel',
      date: new Date().toISOString(),
      version: PROTOCOL,
    };
    const parts = [header, parent?.header ?? {}, metadata, content].map((part) => Buffer.from(JSON.stringify(part)));
    return [...to, DELIMITER, Buffer.from(this.sign(parts)), ...parts, ...buffers];
  }

  private sign(parts: Buffer[]): string {
    if (this.key === '') return '';
    const hash = createHmac('sha256', this.key);
    for (const part of parts) hash.update(part);
    return hash.digest('hex');
  }
}
