/**
 * A whole small site that is one with its bot: `node site.ts` (Node 24), nothing to install. docs/site-developer.md
 * explains it; site.php and site.py do the same. It keeps all in memory: put your tables, pages and sign-in in its place.
 */
import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";

const { PORT = "8790", SITE_URL = `http://127.0.0.1:${PORT}`, SITE_TOKEN = "dev-site-token" } = process.env;
const { BOT_API = "http://127.0.0.1:8787/api/v1/bots/1", API_TOKEN = "dev-token" } = process.env;
const { BOT_LINK = "http://127.0.0.1:8081/t.me/beseda_demo_bot" } = process.env;
const SECURE = SITE_URL.startsWith("https:") ? "; Secure" : "";
const Authorization = `Bearer ${API_TOKEN}`;

type User = { userId: number; name: string; email: string; hasBot: boolean };
/** A link with a BUID that somebody has opened: which question comes next, how far they are, what the page says. */
type Pending = { buid: string; question: string; step: keyof typeof STEPS; notice: string };
type Session = { userId?: number; link?: Pending; startUrl?: string; formToken?: string };
type Visit = { id: string; session: Session; query: URLSearchParams; form: URLSearchParams };
/** What the bot answers; docs/site-developer.md says what stands in it when. */
type Answer = { readonly success: boolean; readonly [field: string]: unknown };

const pushkin = { userId: 127, name: "Александр", email: "address@domain.ru", hasBot: false };
const users = new Map<number, User>([[127, pushkin]]);
const [sessions, guests] = [new Map<string, Session>(), new Map<number, number>()];
const random = () => randomBytes(24).toString("base64url");

/** Asks the bot. Never throws: silence is an answer too, after which the same is asked again under the same key. */
async function ask(alias: string, params: object, key = random()): Promise<Answer> {
  try {
    const response = await fetch(`${BOT_API}/call/${alias}`, {
      method: "POST",
      headers: { Authorization, "Content-Type": "application/json", "Idempotency-Key": key },
      body: JSON.stringify({ script_request_params: params }),
      signal: AbortSignal.timeout(20_000),
    });
    if (response.status === 429) return { success: false, errorCode: "too-many" };
    if (response.status === 200) return (await response.json()) as Answer;
  } catch {} // A log may have the alias and the status; never the parameters: a PIN is among them.
  return { success: false, errorCode: "silence" };
}

/** Neither yes nor no: the same question, asked again, will tell. */
const OPEN: readonly unknown[] = ["silence", "too-many", 409, "system-unavailable", "conversation-unreached"];

/** Asks about a link. The same question has the same key, until it is answered: a form sent twice is one attempt. */
async function askAbout(link: Pending, alias: string, params: object): Promise<Answer> {
  const question = JSON.stringify([link.question, alias, params]);
  const answer = await ask(alias, params, createHash("sha256").update(question).digest("hex"));
  if (!OPEN.includes(answer.errorCode)) link.question = random();
  return answer;
}

const SILENT = "The bot is silent. Press once more in a minute.";
const NEW_PIN = "Get a new PIN from the bot, and type it here.";
const WORDS: Readonly<Record<string, string>> = {
  422: "A PIN is six digits.",
  "pin-expired": `This PIN is too old. ${NEW_PIN}`,
  "pin-used": `This PIN was used already. ${NEW_PIN}`,
  "pin-burnt": `This PIN was mistyped too often. ${NEW_PIN}`,
  "not-verified": `This took too long. ${NEW_PIN}`,
  "user-blocked": "This account is closed. Ask whoever looks after the site.",
  "user-not-found": "The bot can't find this account. Ask whoever looks after the site.",
  "too-many": "Too many attempts. Come back in an hour.",
};

function wordsFor({ errorCode, attemptsLeft }: Answer): string {
  if (errorCode === "pin-wrong") return `This is not the PIN. Attempts left: ${attemptsLeft}.`;
  return WORDS[String(errorCode)] ?? (OPEN.includes(errorCode) ? SILENT : NEW_PIN);
}

/** Takes `?buid=` out of whatever address it came with: from here on it is in no address, and in no Referer. */
function takeBuid({ session }: Visit, buid: string): Response {
  if (!/^[0-9A-Za-z]{16}$/.test(buid)) return redirect("/");
  session.link = { buid, question: random(), step: "pin", notice: "" };
  return redirect("/link");
}

/** Which question a form answers, and as whom: one of another tab, link or visitor does nothing. */
const stampOf = ({ link, userId = 0 }: Session) => `${link?.question}/${userId}`;

function linkOfForm({ session, form }: Visit, step: Pending["step"]): Pending | null {
  const { link } = session;
  return link && link.step === step && form.get("stamp") === stampOf(session) ? link : null;
}

const STEPS = {
  pin: (
    session: Session,
  ) => `<p>Type only what the bot has sent to <b>you</b>. Has somebody else sent you this
    link, or a PIN? Close this page.</p> ${linkForm(session, "pin", "Go on", ["pin"])} <p>No PIN? ${TO_BOT}</p>`,
  verified: (session: Session) =>
    session.userId
      ? linkForm(session, "connect", "Connect Telegram")
      : `<p>The bot knows you, the site does not. Have you an account? Sign in to it, and come back. If not:</p>
        ${linkForm(session, "register", "Register", ["name", "email"])}`,
  conflict: (session: Session) => `<p>This Telegram is connected to another account.</p>
    ${linkForm(session, "relink", "Connect it to mine instead")} <a href="/">Leave it as it is</a>`,
  done: () => '<p>Done. <a href="/">To the site</a></p>',
};

function linkPage({ session }: Visit): Response {
  const { link } = session;
  if (!link) return page(GONE);
  return page(`${whoIs(session)}<p role="alert">${text(link.notice)}</p>${STEPS[link.step](session)}`);
}

function say(link: Pending, notice: string, step = link.step): Response {
  Object.assign(link, { notice, step });
  return redirect("/link");
}

async function enterPin(visit: Visit): Promise<Response> {
  const link = linkOfForm(visit, "pin");
  if (!link) return redirect("/link");
  const { userId } = visit.session;
  const pin = visit.form.get("pin");
  const answer = await askAbout(link, "authorize", { buid: link.buid, pin, ...(userId && { userId }) });
  if (!answer.success) return say(link, wordsFor(answer));
  if (answer.status === "not-linked") return say(link, "", "verified");
  if (answer.status === "conflict") return say(link, "", "conflict");
  if (answer.status === "linked" && !userId) {
    if (!users.has(Number(answer.userId))) return say(link, "This account is closed.");
    signIn(visit, Number(answer.userId));
  }
  return say(link, "", "done");
}

/** A typed e-mail proves nothing: it makes a new account, and never opens one that is there. */
async function register(visit: Visit): Promise<Response> {
  const link = linkOfForm(visit, "verified");
  if (!link || visit.session.userId) return redirect("/link");
  const [name = "", email = ""] = ["name", "email"].map((field) => visit.form.get(field)?.trim());
  if (!name || !email) return say(link, "A name is needed, and an e-mail.");
  const isTaken = [...users.values()].some((user) => user.email === email);
  if (isTaken) return say(link, "There is an account with this e-mail: sign in to it, and come back.");
  const userId = Math.max(...users.keys()) + 1;
  users.set(userId, { userId, name, email, hasBot: false });
  // Should it break from here on: they are signed in, and the page offers to connect.
  signIn(visit, userId);
  visit.form.set("stamp", stampOf(visit.session));
  return connect(visit, "verified");
}

/** Within 15 minutes after the right PIN, and once. `conflict`: this account is to take the place of the other. */
async function connect(visit: Visit, step: "verified" | "conflict"): Promise<Response> {
  const link = linkOfForm(visit, step);
  const { userId } = visit.session;
  if (!link || !userId) return redirect("/link");
  const answer = await askAbout(link, "link", { buid: link.buid, userId, relink: step === "conflict" });
  if (answer.success) return say(link, "", "done");
  return say(link, wordsFor(answer), OPEN.includes(answer.errorCode) ? step : "pin");
}

async function startLink({ session }: Visit): Promise<Response> {
  const { userId } = session;
  const { success, url } = userId ? await ask("link/start", { userId }) : { success: true, url: "" };
  session.startUrl = String(url);
  return success ? redirect("/telegram") : page(SILENT);
}

/** Looks every two seconds whether the bot has called `connect-bot`. Show the address as a QR code, too. */
function telegramPage({ session }: Visit): Response {
  const user = users.get(session.userId ?? 0);
  if (user?.hasBot) return page('<p>Telegram is connected. <a href="/">To the site</a></p>');
  if (!user || !session.startUrl) return redirect("/");
  return page(`<meta http-equiv="refresh" content="2"><p>For you alone, and for ten minutes:
    <a href="${text(session.startUrl)}" rel="noreferrer">Open the bot</a></p>`);
}

async function unlink({ session }: Visit): Promise<Response> {
  const user = users.get(session.userId ?? 0);
  if (user && !(await ask("unlink", { userId: user.userId })).success) return page(SILENT);
  if (user) user.hasBot = false;
  return redirect("/");
}

/** Who comes with a token, if it was made for this very form. */
async function whose(token: string): Promise<Answer | null> {
  const person = await ask("identify", { token });
  return person.success && person.path === "form" ? person : null;
}

async function formPage({ session, query }: Visit): Promise<Response> {
  const token = query.get("token");
  session.formToken = token ?? session.formToken ?? "none";
  if (token !== null) return redirect("/form"); // As with the BUID: out of the address first.
  const person = await whose(session.formToken);
  if (!person) return page(GONE);
  return page(`<p>${text(person.leadName)}, how many of you will come?</p><form method="post" action="/form">
    <input type="hidden" name="token" value="${text(session.formToken)}"><input name="guests" type="number">
    <button>Send</button></form>`);
}

async function sendForm({ form }: Visit): Promise<Response> {
  const person = await whose(form.get("token") || "none");
  if (!person) return page(GONE);
  guests.set(Number(person.personId), Number(form.get("guests")));
  return page(`<p>Thank you! Back to Telegram: ${TO_BOT}</p>`);
}

/** Telegram writes who it is behind the "#", which browsers tell no server: the page sends it on. */
const APP = `<p id="hello"></p><script>
  const initData = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData") ?? "";
  fetch("/app/me", { method: "POST", body: new URLSearchParams({ initData }) })
    .then((answer) => answer.text()).then((words) => { document.getElementById("hello").textContent = words; });
</script>`;

/** Opens no session: what Telegram said is good for this one request. */
async function appPerson({ form }: Visit): Promise<Response> {
  const answer = await ask("miniapp/identify", { initData: form.get("initData") || "none" });
  const name = users.get(Number(answer.userId))?.name ?? "stranger. Send /site to the bot to sign in";
  if (answer.success) return plain(`Hello, ${name}!`);
  return plain(answer.errorCode === "lead-not-found" ? "Write to the bot first." : "Open this page anew.");
}

/** What the bot asks of this site (docs/main-system.md). */
function api({ method, headers }: IncomingMessage, { pathname, searchParams }: URL, body: string): Response {
  if (headers.authorization !== `Bearer ${SITE_TOKEN}`) return plain("unauthorized", 401);
  const { userId, email } = method === "GET" ? Object.fromEntries(searchParams) : JSON.parse(body);
  const user = [...users.values()].find(
    (one) => String(one.userId) === String(userId) || one.email === email,
  );
  if (!user) return plain("user-not-found", 404);
  if (pathname === "/api/user/connect-bot") user.hasBot = true;
  if (pathname === "/api/user/disconnect-bot") user.hasBot = false;
  return Response.json({ ...user, role: "user", isActive: true });
}

const TO_BOT = `<a href="${BOT_LINK}?start=site" rel="noreferrer">Open the bot</a>`;
const GONE = `<p>This link is no longer good. Get a new one: ${TO_BOT}</p>`;
const CONNECTION = `<form method="post" action="/telegram"><button>Connect Telegram</button></form>
  <form method="post" action="/telegram/off"><button>Disconnect Telegram</button></form>`;

const routes: Readonly<Record<string, (visit: Visit) => Response | Promise<Response>>> = {
  "GET /": ({ session }) => page(`${whoIs(session)}${session.userId ? CONNECTION : TO_BOT}`),
  "GET /link": linkPage,
  "POST /link/pin": enterPin,
  "POST /link/register": register,
  "POST /link/connect": (visit) => connect(visit, "verified"),
  "POST /link/relink": (visit) => connect(visit, "conflict"),
  "GET /telegram": telegramPage,
  "POST /telegram": startLink,
  "POST /telegram/off": unlink,
  "GET /form": formPage,
  "POST /form": sendForm,
  "GET /app": () => page(APP),
  "POST /app/me": appPerson,
};

function linkForm(session: Session, action: string, label: string, fields: readonly string[] = []): string {
  const inputs = fields.map((name) => `<label>${name} <input name="${name}" required></label>`).join("");
  return `<form method="post" action="/link/${action}"><input type="hidden" name="stamp"
    value="${stampOf(session)}">${inputs}<button>${label}</button></form>`;
}

const whoIs = ({ userId = 0 }: Session) =>
  users.has(userId) ? `<p>You are signed in as <b>${text(users.get(userId)?.name)}</b>.</p>` : "";

/** With a fresh id: one that somebody else has put into the browser never becomes a signed-in one. */
function signIn(visit: Visit, userId: number): void {
  sessions.delete(visit.id);
  visit.id = random();
  sessions.set(visit.id, Object.assign(visit.session, { userId }));
}

const text = (words: unknown) => String(words).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const answer = (body: string, type: string, status = 200) =>
  new Response(body, { status, headers: { "Content-Type": `${type}; charset=utf-8` } });
const page = (inner: string) => answer(`<!doctype html><title>Site</title>${inner}`, "text/html");
const plain = (words: string, status?: number) => answer(words, "text/plain", status);
const redirect = (to: string) => new Response(null, { status: 303, headers: { Location: to } });

/** Answers a browser. A form whose `Origin` is another site is none of ours. */
async function visited({ method, headers }: IncomingMessage, url: URL, body: string): Promise<Response> {
  if (method === "POST" && headers.origin !== url.origin) return plain("Not our form", 403);
  const cookie = /(?:^|; )session=([^;]+)/.exec(headers.cookie ?? "")?.[1] ?? "";
  const id = sessions.has(cookie) ? cookie : random();
  const session = sessions.get(id) ?? {};
  sessions.set(id, session);
  const visit: Visit = { id, session, query: url.searchParams, form: new URLSearchParams(body) };
  const buid = method === "GET" ? url.searchParams.get("buid") : null;
  const act = routes[`${method} ${url.pathname}`] ?? (() => plain("Not here", 404));
  const reply = buid === null ? await act(visit) : takeBuid(visit, buid);
  reply.headers.set("Set-Cookie", `session=${visit.id}; Path=/; HttpOnly; SameSite=Lax${SECURE}`);
  reply.headers.set("Cache-Control", "no-store");
  // With "no-referrer" browsers would send our own forms with "Origin: null".
  reply.headers.set("Referrer-Policy", "same-origin");
  const framedBy =
    url.pathname === "/app" ? `https://web.telegram.org ${new URL(BOT_LINK).origin}` : "'none'";
  reply.headers.set("Content-Security-Policy", `frame-ancestors ${framedBy}`);
  return reply;
}

createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body = (body + chunk).slice(0, 65_536);
  const url = new URL(`${SITE_URL}${request.url}`);
  const answered = url.pathname.startsWith("/api/") ? api(request, url, body) : visited(request, url, body);
  const reply = await answered;
  response.writeHead(reply.status, Object.fromEntries(reply.headers)).end(await reply.text());
}).listen(Number(PORT), "127.0.0.1", () => console.log(`The site is at ${SITE_URL}`));
