import type { SystemUser } from "../../../../contract/system.ts";

/** Who is in the chat, as the main system knows them. */
export const alice: SystemUser = {
  userId: "127",
  firstName: "Alice",
  lastName: "",
  patronymic: "",
  role: "user",
  active: true,
  phone: "+79180000001",
  email: "",
  location: {},
};
