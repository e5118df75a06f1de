import type { MainSystem } from "../../contract/ports.ts";
import type { Endpoint } from "../endpoint.ts";
import { addMessage, addRequest, rate, request, tasks } from "./helpdesk.ts";
import { addComment, news, post } from "./posts.ts";
import { cart, order } from "./shop.ts";
import { createSite } from "./sites.ts";
import { connectBot, disconnectBot, registerUser, user } from "./users.ts";

/** Every endpoint that a main system offers the bot, in the order of its document. */
export const endpoints = {
  user,
  registerUser,
  connectBot,
  disconnectBot,
  post,
  news,
  addComment,
  createSite,
  order,
  cart,
  request,
  tasks,
  addRequest,
  addMessage,
  rate,
} as const satisfies { readonly [Name in keyof MainSystem]: Endpoint & { readonly name: Name } };
