import { BroadcastObject } from "../durable-objects/broadcast/broadcast.ts";
import type { BroadcastPorts } from "../durable-objects/broadcast/ports.ts";
import { ConversationObject } from "../durable-objects/conversation/conversation.ts";
import type { TalkPorts } from "../durable-objects/conversation/ports.ts";
import { PacerObject, type PacerPorts } from "../durable-objects/pacer/pacer.ts";
import { PinObject, type PinPorts } from "../durable-objects/pin/pin.ts";
import { callsFrom } from "./dialog-calls.ts";
import { broadcastPorts, conversationPorts, pacerPorts, pinPorts } from "./house.ts";

/** A person's conversation, with the world it lives in. */
export class Conversation extends ConversationObject {
  protected override ports(clock: () => number): TalkPorts {
    return conversationPorts(this.env, clock, callsFrom);
  }
}

/** A call on its way to its recipients, with the world it lives in. */
export class Broadcast extends BroadcastObject {
  protected override ports(): BroadcastPorts {
    return broadcastPorts(this.env);
  }
}

/** A bot's send rate in one messenger, with the settings it reads. */
export class Pacer extends PacerObject {
  protected override ports(): PacerPorts {
    return pacerPorts(this.env);
  }
}

/** A PIN, with the key of its hash. */
export class Pin extends PinObject {
  protected override ports(): PinPorts {
    return pinPorts(this.env);
  }
}
