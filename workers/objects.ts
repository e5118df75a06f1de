import { BroadcastObject, type BroadcastPorts } from "../durable-objects/broadcast/broadcast.ts";
import { ConversationObject } from "../durable-objects/conversation/conversation.ts";
import type { TalkPorts } from "../durable-objects/conversation/ports.ts";
import { broadcastPorts, conversationPorts } from "./house.ts";

/** A person's conversation, with the world it lives in. */
export class Conversation extends ConversationObject {
  protected override ports(clock: () => number): TalkPorts {
    return conversationPorts(this.env, clock);
  }
}

/** A call on its way to its recipients, with the world it lives in. */
export class Broadcast extends BroadcastObject {
  protected override ports(): BroadcastPorts {
    return broadcastPorts(this.env);
  }
}
