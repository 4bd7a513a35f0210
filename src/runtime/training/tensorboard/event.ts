import protobuf from 'protobufjs/light.js';

/** TensorFlow's `Event`, as far as curves need it; beside time and step one of the fields is set. */
export interface Event {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly fileVersion?: string;
  readonly summary?: {
    readonly value: readonly { readonly tag: string; readonly simpleValue: number }[];
  };
  readonly sessionLog?: { readonly status: number };
}

/** The status of a session that begins at the event's step: what earlier ones wrote from there on is void. */
export const sessionStart = 1;

const field = (type: string, id: number) => ({ type, id });

const root = protobuf.Root.fromJSON({
  nested: {
    Event: {
      fields: {
        wallTime: field('double', 1),
        step: field('int64', 2),
        fileVersion: field('string', 3),
        summary: field('Summary', 5),
        sessionLog: field('SessionLog', 7),
      },
    },
    Summary: { fields: { value: { rule: 'repeated', type: 'Value', id: 1 } } },
    Value: { fields: { tag: field('string', 1), simpleValue: field('float', 2) } },
    SessionLog: { fields: { status: field('int32', 1) } },
  },
});

const Type = root.lookupType('Event');

export const encodeEvent = (event: Event): Uint8Array => Type.encode(event).finish();
