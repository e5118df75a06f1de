"""A whole small site that is one with its bot: `python3 site.py` (3.9 or newer), nothing to install.

docs/site-developer.md explains it; site.ts and site.php do the same. It keeps all in memory: put your tables, pages
and sign-in in its place.
"""
import hashlib, html, json, os, re, secrets, urllib.error, urllib.request
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

env = os.environ.get
PORT, SITE_TOKEN, API_TOKEN = env("PORT", "8790"), env("SITE_TOKEN", "dev-site-token"), env("API_TOKEN", "dev-token")
SITE_URL, BOT_API = env("SITE_URL", f"http://127.0.0.1:{PORT}"), env("BOT_API", "http://127.0.0.1:8787/api/v1/bots/1")
BOT_LINK = env("BOT_LINK", "http://127.0.0.1:8081/t.me/beseda_demo_bot")
SECURE = "; Secure" if SITE_URL.startswith("https:") else ""

users = {127: {"userId": 127, "name": "Александр", "email": "address@domain.ru", "hasBot": False}}
sessions, guests = {}, {}
new_id = lambda: secrets.token_urlsafe(24)

def ask(alias, params, key=None):
    """Asks the bot. Never raises: silence is an answer too, after which the same is asked again under the same key."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": key or new_id()}
    headers["Authorization"] = f"Bearer {API_TOKEN}"
    body = json.dumps({"script_request_params": params}).encode()
    request = urllib.request.Request(f"{BOT_API}/call/{alias}", body, headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        return {"success": False, "errorCode": "too-many" if error.code == 429 else "silence"}
    except (OSError, ValueError):  # A log may have the alias; never the parameters: a PIN is among them.
        return {"success": False, "errorCode": "silence"}

# Neither yes nor no: the same question, asked again, will tell.
OPEN = ("silence", "too-many", 409, "system-unavailable", "conversation-unreached")

def ask_about(link, alias, params):
    """Asks about a link. The same question has the same key, until it is answered: a form sent twice is one attempt."""
    question = json.dumps([link["question"], alias, params])
    answer = ask(alias, params, hashlib.sha256(question.encode()).hexdigest())
    if answer.get("errorCode") not in OPEN:
        link["question"] = new_id()
    return answer

SILENT = "The bot is silent. Press once more in a minute."
NEW_PIN = "Get a new PIN from the bot, and type it here."
WORDS = {
    422: "A PIN is six digits.",
    "pin-expired": f"This PIN is too old. {NEW_PIN}",
    "pin-used": f"This PIN was used already. {NEW_PIN}",
    "pin-burnt": f"This PIN was mistyped too often. {NEW_PIN}",
    "not-verified": f"This took too long. {NEW_PIN}",
    "user-blocked": "This account is closed. Ask whoever looks after the site.",
    "user-not-found": "The bot can't find this account. Ask whoever looks after the site.",
    "too-many": "Too many attempts. Come back in an hour.",
}

def words_for(answer):
    code = answer.get("errorCode")
    if code == "pin-wrong": return f"This is not the PIN. Attempts left: {answer['attemptsLeft']}."
    return WORDS.get(code) or (SILENT if code in OPEN else NEW_PIN)

def take_buid(visit, buid):
    """Takes `?buid=` out of whatever address it came with: from here on it is in no address, and in no Referer."""
    if not re.fullmatch("[0-9A-Za-z]{16}", buid): return redirect("/")
    visit.session["link"] = {"buid": buid, "question": new_id(), "step": "pin", "notice": ""}
    return redirect("/link")

def stamp_of(session):
    """Which question a form answers, and as whom: one of another tab, link or visitor does nothing."""
    return f"{session['link']['question']}/{session.get('userId', 0)}"

def link_of_form(visit, step):
    link = visit.session.get("link")
    is_ours = link and link["step"] == step and visit.form.get("stamp") == stamp_of(visit.session)
    return link if is_ours else None

STEPS = {
    "pin": lambda session: f"""<p>Type only what the bot has sent to <b>you</b>. Has somebody else sent you this link,
        or a PIN? Close this page.</p> {link_form(session, "pin", "Go on", "pin")} <p>No PIN? {TO_BOT}</p>""",
    "verified": lambda session: link_form(session, "connect", "Connect Telegram") if session.get("userId") else f"""
        <p>The bot knows you, the site does not. Have you an account? Sign in to it, and come back. If not:</p>
        {link_form(session, "register", "Register", "name", "email")}""",
    "conflict": lambda session: f"""<p>This Telegram is connected to another account.</p>
        {link_form(session, "relink", "Connect it to mine instead")} <a href="/">Leave it as it is</a>""",
    "done": lambda session: '<p>Done. <a href="/">To the site</a></p>',
}

def link_page(visit):
    session, link = visit.session, visit.session.get("link")
    if not link: return page(GONE)
    return page(f'{who_is(session)}<p role="alert">{html.escape(link["notice"])}</p>{STEPS[link["step"]](session)}')

def say(link, notice, step=None):
    link.update(notice=notice, step=step or link["step"])
    return redirect("/link")

def enter_pin(visit):
    link = link_of_form(visit, "pin")
    if not link: return redirect("/link")
    user_id = visit.session.get("userId")
    params = {"buid": link["buid"], "pin": visit.form.get("pin", "")}
    answer = ask_about(link, "authorize", {**params, "userId": user_id} if user_id else params)
    if not answer["success"]: return say(link, words_for(answer))
    if answer["status"] == "not-linked": return say(link, "", "verified")
    if answer["status"] == "conflict": return say(link, "", "conflict")
    if answer["status"] == "linked" and not user_id:
        if answer["userId"] not in users: return say(link, "This account is closed.")
        sign_in(visit, answer["userId"])
    return say(link, "", "done")

def register(visit):
    """A typed e-mail proves nothing: it makes a new account, and never opens one that is there."""
    link = link_of_form(visit, "verified")
    if not link or visit.session.get("userId"): return redirect("/link")
    name, email = (visit.form.get(field, "").strip() for field in ("name", "email"))
    if not name or not email: return say(link, "A name is needed, and an e-mail.")
    if any(user["email"] == email for user in users.values()):
        return say(link, "There is an account with this e-mail: sign in to it, and come back.")
    user_id = max(users) + 1
    users[user_id] = {"userId": user_id, "name": name, "email": email, "hasBot": False}
    # Should it break from here on: they are signed in, and the page offers to connect.
    sign_in(visit, user_id)
    visit.form["stamp"] = stamp_of(visit.session)
    return connect(visit, "verified")

def connect(visit, step):
    """Within 15 minutes after the right PIN, and once. "conflict": this account is to take the place of the other."""
    link, user_id = link_of_form(visit, step), visit.session.get("userId")
    if not link or not user_id: return redirect("/link")
    params = {"buid": link["buid"], "userId": user_id, "relink": step == "conflict"}
    answer = ask_about(link, "link", params)
    if answer["success"]: return say(link, "", "done")
    return say(link, words_for(answer), step if answer.get("errorCode") in OPEN else "pin")

def start_link(visit):
    user_id = visit.session.get("userId")
    if not user_id: return redirect("/")
    answer = ask("link/start", {"userId": user_id})
    visit.session["startUrl"] = answer.get("url", "")
    return redirect("/telegram") if answer["success"] else page(SILENT)

def telegram_page(visit):
    """Looks every two seconds whether the bot has called `connect-bot`. Show the address as a QR code, too."""
    user, url = users.get(visit.session.get("userId")), visit.session.get("startUrl")
    if user and user["hasBot"]: return page('<p>Telegram is connected. <a href="/">To the site</a></p>')
    if not user or not url: return redirect("/")
    return page(f'''<meta http-equiv="refresh" content="2"><p>For you alone, and for ten minutes:
        <a href="{html.escape(url)}" rel="noreferrer">Open the bot</a></p>''')

def unlink(visit):
    user = users.get(visit.session.get("userId"))
    if user and not ask("unlink", {"userId": user["userId"]})["success"]: return page(SILENT)
    if user:
        user["hasBot"] = False
    return redirect("/")

def whose(token):
    """Who comes with a token, if it was made for this very form."""
    person = ask("identify", {"token": token})
    return person if person["success"] and person["path"] == "form" else None

def form_page(visit):
    session = visit.session
    if "token" in visit.query:  # As with the BUID: out of the address first.
        session["formToken"] = visit.query["token"]
        return redirect("/form")
    person = whose(session.get("formToken") or "none")
    if not person: return page(GONE)
    return page(f'''<p>{html.escape(person["leadName"])}, how many of you will come?</p><form method="post" action="/form">
        <input type="hidden" name="token" value="{html.escape(session["formToken"])}"><input name="guests" type="number">
        <button>Send</button></form>''')

def send_form(visit):
    person = whose(visit.form.get("token") or "none")
    if not person: return page(GONE)
    guests[person["personId"]] = visit.form.get("guests")
    return page(f"<p>Thank you! Back to Telegram: {TO_BOT}</p>")

# Telegram writes who it is behind the "#", which browsers tell no server: the page sends it on.
APP = """<p id="hello"></p><script>
  const initData = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData") ?? "";
  fetch("/app/me", { method: "POST", body: new URLSearchParams({ initData }) })
    .then((answer) => answer.text()).then((words) => { document.getElementById("hello").textContent = words; });
</script>"""

def app_person(visit):
    """Opens no session: what Telegram said is good for this one request."""
    answer = ask("miniapp/identify", {"initData": visit.form.get("initData") or "none"})
    if answer["success"]:
        user = users.get(answer["userId"])
        return plain(f"Hello, {user['name'] if user else 'stranger. Send /site to the bot to sign in'}!")
    return plain("Write to the bot first." if answer["errorCode"] == "lead-not-found" else "Open this page anew.")

def api(path, authorization, fields):
    """What the bot asks of this site (docs/main-system.md)."""
    if authorization != f"Bearer {SITE_TOKEN}": return plain("unauthorized", 401)
    user_id, email = str(fields.get("userId")), fields.get("email")
    user = next((one for one in users.values() if str(one["userId"]) == user_id or one["email"] == email), None)
    if not user: return plain("user-not-found", 404)
    if path in ("/api/user/connect-bot", "/api/user/disconnect-bot"):
        user["hasBot"] = path == "/api/user/connect-bot"
    return 200, {"Content-Type": "application/json"}, json.dumps({**user, "role": "user", "isActive": True})

TO_BOT = f'<a href="{BOT_LINK}?start=site" rel="noreferrer">Open the bot</a>'
GONE = f"<p>This link is no longer good. Get a new one: {TO_BOT}</p>"
CONNECTION = """<form method="post" action="/telegram"><button>Connect Telegram</button></form>
  <form method="post" action="/telegram/off"><button>Disconnect Telegram</button></form>"""
ROUTES = {
    "GET /": lambda visit: page(who_is(visit.session) + (CONNECTION if visit.session.get("userId") else TO_BOT)),
    "GET /link": link_page,
    "POST /link/pin": enter_pin,
    "POST /link/register": register,
    "POST /link/connect": lambda visit: connect(visit, "verified"),
    "POST /link/relink": lambda visit: connect(visit, "conflict"),
    "GET /telegram": telegram_page,
    "POST /telegram": start_link,
    "POST /telegram/off": unlink,
    "GET /form": form_page,
    "POST /form": send_form,
    "GET /app": lambda visit: page(APP),
    "POST /app/me": app_person,
}

def link_form(session, action, label, *fields):
    inputs = "".join(f'<label>{name} <input name="{name}" required></label>' for name in fields)
    return f'''<form method="post" action="/link/{action}"><input type="hidden" name="stamp"
        value="{stamp_of(session)}">{inputs}<button>{label}</button></form>'''

def who_is(session):
    user = users.get(session.get("userId"))
    return f"<p>You are signed in as <b>{html.escape(user['name'])}</b>.</p>" if user else ""

def sign_in(visit, user_id):
    """With a fresh id: one that somebody else has put into the browser never becomes a signed-in one."""
    sessions.pop(visit.id, None)
    visit.id = new_id()
    visit.session["userId"] = user_id
    sessions[visit.id] = visit.session

HTML, PLAIN = {"Content-Type": "text/html; charset=utf-8"}, {"Content-Type": "text/plain; charset=utf-8"}
page = lambda inner: (200, dict(HTML), f"<!doctype html><title>Site</title>{inner}")
plain = lambda words, status=200: (status, dict(PLAIN), words)
redirect = lambda to: (303, {"Location": to}, "")

class Visit(BaseHTTPRequestHandler):
    """A request of a browser, or of the bot."""

    def do_GET(self):
        url = urlsplit(self.path)
        self.path, self.query = url.path, dict(parse_qsl(url.query))
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 65536)).decode()
        if self.path.startswith("/api/"):
            fields = self.query if self.command == "GET" else json.loads(body)
            return self.answer(*api(self.path, self.headers.get("Authorization"), fields))
        self.form = dict(parse_qsl(body))
        self.answer(*self.visited())

    do_POST = do_GET

    def visited(self):
        """Answers a browser. A form whose `Origin` is another site is none of ours."""
        if self.command == "POST" and self.headers.get("Origin") != SITE_URL:
            return plain("Not our form", 403)
        cookie = SimpleCookie(self.headers.get("Cookie")).get("session")
        self.id = cookie.value if cookie and cookie.value in sessions else new_id()
        self.session = sessions.setdefault(self.id, {})
        act = ROUTES.get(f"{self.command} {self.path}", lambda visit: plain("Not here", 404))
        buid = self.query.get("buid") if self.command == "GET" else None
        status, headers, body = act(self) if buid is None else take_buid(self, buid)
        headers["Set-Cookie"] = f"session={self.id}; Path=/; HttpOnly; SameSite=Lax{SECURE}"
        headers["Cache-Control"] = "no-store"
        # With "no-referrer" browsers would send our own forms with "Origin: null".
        headers["Referrer-Policy"] = "same-origin"
        framed_by = f"https://web.telegram.org {urlsplit(BOT_LINK)._replace(path='').geturl()}" if self.path == "/app" else "'none'"
        headers["Content-Security-Policy"] = f"frame-ancestors {framed_by}"
        return status, headers, body

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_request(self, *_):
        """Nothing: the address of a link has a BUID in it."""

# The bot asks back while we wait for it: more than one request at a time must be answered.
ThreadingHTTPServer(("127.0.0.1", int(PORT)), Visit).serve_forever()
