import { maps } from "../../communications/registry.ts";
import type { AnyCommunication } from "../../dialogs/communication.ts";
import { notice } from "./notice.ts";

// The registry is one list for all; who imports this before the Worker has one communication more, and the
// registry itself need not know of the bench.
(maps["family-site"].rows as readonly AnyCommunication[] as AnyCommunication[]).push(notice);
