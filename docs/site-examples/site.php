<?php
/**
 * A whole small site that is one with its bot, for PHP 8.1 or newer, with nothing to install:
 * `PHP_CLI_SERVER_WORKERS=4 php -S 127.0.0.1:8790 site.php` (the bot asks back while we wait for it, so one worker is not
 * enough). docs/site-developer.md explains it; site.ts and site.py do the same. It keeps its accounts in one file: put
 * your tables, pages and sign-in in its place.
 */
declare(strict_types=1);

define('PORT', getenv('PORT') ?: '8790');
define('SITE_URL', getenv('SITE_URL') ?: 'http://127.0.0.1:' . PORT);
define('SITE_TOKEN', getenv('SITE_TOKEN') ?: 'dev-site-token');
define('SITE_FILE', getenv('SITE_FILE') ?: sys_get_temp_dir() . '/small-site.json');
define('BOT_API', getenv('BOT_API') ?: 'http://127.0.0.1:8787/api/v1/bots/1');
define('API_TOKEN', getenv('API_TOKEN') ?: 'dev-token');
define('BOT_LINK', getenv('BOT_LINK') ?: 'http://127.0.0.1:8081/t.me/beseda_demo_bot');
define('FRAMED_BY', 'https://web.telegram.org ' . preg_replace('~(?<=[^:/])/.*~', '', BOT_LINK));

/** Asks the bot. Never throws: silence is an answer too, after which the same is asked again under the same key. */
function ask(string $alias, array $params, ?string $key = null): array {
    $headers = ['Authorization: Bearer ' . API_TOKEN, 'Content-Type: application/json'];
    $headers[] = 'Idempotency-Key: ' . ($key ?? new_id());
    $content = json_encode(['script_request_params' => $params]);
    $http = ['method' => 'POST', 'header' => $headers, 'content' => $content, 'timeout' => 20, 'ignore_errors' => true];
    $body = @file_get_contents(BOT_API . "/call/$alias", false, stream_context_create(['http' => $http]));
    // A log may have the alias and the status; never the parameters: a PIN is among them.
    $status = explode(' ', $http_response_header[0] ?? '')[1] ?? '';
    if ($status === '429') return ['success' => false, 'errorCode' => 'too-many'];
    $answer = $status === '200' ? json_decode((string) $body, true) : null;
    return $answer ?? ['success' => false, 'errorCode' => 'silence'];
}

/** Neither yes nor no: the same question, asked again, will tell. */
const OPEN = ['silence', 'too-many', 409, 'system-unavailable', 'conversation-unreached'];

/** Asks about the link. The same question has the same key, until it is answered: a form sent twice is one attempt. */
function ask_about_link(string $alias, array $params): array {
    $question = json_encode([$_SESSION['link']['question'], $alias, $params]);
    $answer = ask($alias, $params, hash('sha256', $question));
    if (!in_array($answer['errorCode'] ?? '', OPEN, true)) $_SESSION['link']['question'] = new_id();
    return $answer;
}

const SILENT = 'The bot is silent. Press once more in a minute.';
const NEW_PIN = 'Get a new PIN from the bot, and type it here.';
const WORDS = [
    422 => 'A PIN is six digits.',
    'pin-expired' => 'This PIN is too old. ' . NEW_PIN,
    'pin-used' => 'This PIN was used already. ' . NEW_PIN,
    'pin-burnt' => 'This PIN was mistyped too often. ' . NEW_PIN,
    'not-verified' => 'This took too long. ' . NEW_PIN,
    'user-blocked' => 'This account is closed. Ask whoever looks after the site.',
    'user-not-found' => "The bot can't find this account. Ask whoever looks after the site.",
    'too-many' => 'Too many attempts. Come back in an hour.',
];

function words_for(array $answer): string {
    $code = $answer['errorCode'] ?? '';
    if ($code === 'pin-wrong') return "This is not the PIN. Attempts left: {$answer['attemptsLeft']}.";
    return WORDS[$code] ?? (in_array($code, OPEN, true) ? SILENT : NEW_PIN);
}

/** Takes `?buid=` out of whatever address it came with: from here on it is in no address, and in no Referer. */
function take_buid(string $buid): void {
    if (!preg_match('/^[0-9A-Za-z]{16}$/D', $buid)) redirect('/');
    $_SESSION['link'] = ['buid' => $buid, 'question' => new_id(), 'step' => 'pin', 'notice' => ''];
    redirect('/link');
}

/** Which question a form answers, and as whom: one of another tab, link or visitor does nothing. */
function stamp(): string { return $_SESSION['link']['question'] . '/' . ($_SESSION['userId'] ?? 0); }

/** Whether this form is of the present step; if not, it leads to whatever is. */
function expect_form_of(string $step): void {
    $is_ours = ($_SESSION['link']['step'] ?? '') === $step && ($_POST['stamp'] ?? '') === stamp();
    if (!$is_ours) redirect('/link');
}

function link_page(): void {
    $link = $_SESSION['link'] ?? null;
    if (!$link) page(GONE);
    $step = match (true) {
        $link['step'] === 'pin' => '<p>Type only what the bot has sent to <b>you</b>. Has somebody else sent you this
            link, or a PIN? Close this page.</p>' . link_form('pin', 'Go on', ['pin']) . '<p>No PIN? ' . TO_BOT . '</p>',
        $link['step'] === 'verified' && isset($_SESSION['userId']) => link_form('connect', 'Connect Telegram'),
        $link['step'] === 'verified' => '<p>The bot knows you, the site does not. Have you an account? Sign in to it, and
            come back. If not:</p>' . link_form('register', 'Register', ['name', 'email']),
        $link['step'] === 'conflict' => '<p>This Telegram is connected to another account.</p>'
            . link_form('relink', 'Connect it to mine instead') . '<a href="/">Leave it as it is</a>',
        default => '<p>Done. <a href="/">To the site</a></p>',
    };
    page(who_is() . '<p role="alert">' . text($link['notice']) . "</p>$step");
}

function say(string $notice, ?string $step = null): never {
    $_SESSION['link'] = ['notice' => $notice, 'step' => $step ?? $_SESSION['link']['step']] + $_SESSION['link'];
    redirect('/link');
}

function enter_pin(): void {
    expect_form_of('pin');
    $user_id = $_SESSION['userId'] ?? null;
    $params = ['buid' => $_SESSION['link']['buid'], 'pin' => (string) ($_POST['pin'] ?? '')];
    $answer = ask_about_link('authorize', $params + ($user_id ? ['userId' => $user_id] : []));
    if (!$answer['success']) say(words_for($answer));
    if ($answer['status'] === 'not-linked') say('', 'verified');
    if ($answer['status'] === 'conflict') say('', 'conflict');
    if ($answer['status'] === 'linked' && !$user_id) {
        if (!isset(users()[$answer['userId']])) say('This account is closed.');
        sign_in($answer['userId']);
    }
    say('', 'done');
}

/** A typed e-mail proves nothing: it makes a new account, and never opens one that is there. */
function register(): void {
    expect_form_of('verified');
    if (isset($_SESSION['userId'])) redirect('/link');
    [$name, $email] = [trim((string) ($_POST['name'] ?? '')), trim((string) ($_POST['email'] ?? ''))];
    if ($name === '' || $email === '') say('A name is needed, and an e-mail.');
    if (in_array($email, array_column(users(), 'email'), true))
        say('There is an account with this e-mail: sign in to it, and come back.');
    $user_id = max(array_keys(users())) + 1;
    save_user(['userId' => $user_id, 'name' => $name, 'email' => $email, 'hasBot' => false]);
    // Should it break from here on: they are signed in, and the page offers to connect.
    sign_in($user_id);
    $_POST['stamp'] = stamp();
    connect('verified');
}

/** Within 15 minutes after the right PIN, and once. 'conflict': this account is to take the place of the other. */
function connect(string $step): void {
    expect_form_of($step);
    if (!isset($_SESSION['userId'])) redirect('/link');
    $params = ['buid' => $_SESSION['link']['buid'], 'userId' => $_SESSION['userId'], 'relink' => $step === 'conflict'];
    $answer = ask_about_link('link', $params);
    if ($answer['success']) say('', 'done');
    say(words_for($answer), in_array($answer['errorCode'], OPEN, true) ? $step : 'pin');
}

function start_link(): void {
    if (!isset($_SESSION['userId'])) redirect('/');
    $answer = ask('link/start', ['userId' => $_SESSION['userId']]);
    $_SESSION['startUrl'] = $answer['url'] ?? '';
    $answer['success'] ? redirect('/telegram') : page(SILENT);
}

/** Looks every two seconds whether the bot has called `connect-bot`. Show the address as a QR code, too. */
function telegram_page(): void {
    [$user, $url] = [users()[$_SESSION['userId'] ?? 0] ?? null, $_SESSION['startUrl'] ?? ''];
    if ($user && $user['hasBot']) page('<p>Telegram is connected. <a href="/">To the site</a></p>');
    if (!$user || $url === '') redirect('/');
    page('<meta http-equiv="refresh" content="2"><p>For you alone, and for ten minutes:
        <a href="' . text($url) . '" rel="noreferrer">Open the bot</a></p>');
}

function unlink_bot(): void {
    $user = users()[$_SESSION['userId'] ?? 0] ?? redirect('/');
    if (!ask('unlink', ['userId' => $user['userId']])['success']) page(SILENT);
    save_user(['hasBot' => false] + $user);
    redirect('/');
}

/** Who comes with a token, if it was made for this very form. */
function whose(string $token): ?array {
    $person = ask('identify', ['token' => $token]);
    return $person['success'] && $person['path'] === 'form' ? $person : null;
}

function form_page(): void {
    if (isset($_GET['token'])) { // As with the BUID: out of the address first.
        $_SESSION['formToken'] = (string) $_GET['token'];
        redirect('/form');
    }
    $token = ($_SESSION['formToken'] ?? '') ?: 'none';
    $person = whose($token) ?? page(GONE);
    page('<p>' . text($person['leadName']) . ', how many of you will come?</p><form method="post" action="/form">
        <input type="hidden" name="token" value="' . text($token) . '"><input name="guests" type="number">
        <button>Send</button></form>');
}

function send_form(): void {
    $person = whose(((string) ($_POST['token'] ?? '')) ?: 'none') ?? page(GONE);
    save(fn(array $all) => ['guests' => [$person['personId'] => (int) ($_POST['guests'] ?? 0)] + $all['guests']] + $all);
    page('<p>Thank you! Back to Telegram: ' . TO_BOT . '</p>');
}

/** Telegram writes who it is behind the "#", which browsers tell no server: the page sends it on. */
const APP = '<p id="hello"></p><script>
  const initData = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData") ?? "";
  fetch("/app/me", { method: "POST", body: new URLSearchParams({ initData }) })
    .then((answer) => answer.text()).then((words) => { document.getElementById("hello").textContent = words; });
</script>';

/** Opens no session: what Telegram said is good for this one request. */
function app_person(): void {
    $answer = ask('miniapp/identify', ['initData' => ((string) ($_POST['initData'] ?? '')) ?: 'none']);
    $name = users()[$answer['userId'] ?? 0]['name'] ?? 'stranger. Send /site to the bot to sign in';
    if ($answer['success']) plain("Hello, $name!");
    plain($answer['errorCode'] === 'lead-not-found' ? 'Write to the bot first.' : 'Open this page anew.');
}

/** What the bot asks of this site (docs/main-system.md). */
function api(string $path): void {
    if (($_SERVER['HTTP_AUTHORIZATION'] ?? '') !== 'Bearer ' . SITE_TOKEN) plain('unauthorized', 401);
    $fields = $_SERVER['REQUEST_METHOD'] === 'GET' ? $_GET : json_decode(file_get_contents('php://input'), true);
    [$user_id, $email] = [(string) ($fields['userId'] ?? ''), $fields['email'] ?? null];
    $found = array_filter(users(), fn($one) => (string) $one['userId'] === $user_id || $one['email'] === $email);
    $user = reset($found) ?: plain('user-not-found', 404);
    if ($path === '/api/user/connect-bot') save_user(['hasBot' => true] + $user);
    if ($path === '/api/user/disconnect-bot') save_user(['hasBot' => false] + $user);
    answer(json_encode($user + ['role' => 'user', 'isActive' => true]), 'application/json');
}

define('TO_BOT', '<a href="' . BOT_LINK . '?start=site" rel="noreferrer">Open the bot</a>');
define('GONE', '<p>This link is no longer good. Get a new one: ' . TO_BOT . '</p>');
const CONNECTION = '<form method="post" action="/telegram"><button>Connect Telegram</button></form>
    <form method="post" action="/telegram/off"><button>Disconnect Telegram</button></form>';

function link_form(string $action, string $label, array $fields = []): string {
    $inputs = implode('', array_map(fn($name) => "<label>$name <input name=\"$name\" required></label>", $fields));
    return "<form method=\"post\" action=\"/link/$action\"><input type=\"hidden\" name=\"stamp\"
        value=\"" . stamp() . "\">$inputs<button>$label</button></form>";
}

function who_is(): string {
    $user = users()[$_SESSION['userId'] ?? 0] ?? null;
    return $user ? '<p>You are signed in as <b>' . text($user['name']) . '</b>.</p>' : '';
}

/** With a fresh id: one that somebody else has put into the browser never becomes a signed-in one. */
function sign_in(int $user_id): void {
    session_regenerate_id(true);
    $_SESSION['userId'] = $user_id;
}

/** The accounts by their ids. */
function users(): array { return save(fn(array $all) => $all)['users']; }
function save_user(array $user): void {
    save(fn(array $all) => ['users' => [$user['userId'] => $user] + $all['users']] + $all);
}

/** Changes what is kept, one request after another. */
function save(callable $change): array {
    $file = fopen(SITE_FILE, 'c+');
    flock($file, LOCK_EX);
    $pushkin = ['userId' => 127, 'name' => 'Александр', 'email' => 'address@domain.ru', 'hasBot' => false];
    $all = json_decode(stream_get_contents($file), true) ?? ['users' => [127 => $pushkin], 'guests' => []];
    $changed = $change($all);
    rewind($file);
    ftruncate($file, 0);
    fwrite($file, json_encode($changed));
    fclose($file);
    return $changed;
}

function text(string $words): string { return htmlspecialchars($words); }
function new_id(): string { return bin2hex(random_bytes(24)); }

function answer(string $body, string $type, int $status = 200): never {
    http_response_code($status);
    header("Content-Type: $type; charset=utf-8");
    exit($body);
}

function page(string $inner): never { answer("<!doctype html><title>Site</title>$inner", 'text/html'); }
function plain(string $words, int $status = 200): never { answer($words, 'text/plain', $status); }
function redirect(string $to): never {
    header("Location: $to", true, 303);
    exit;
}

$path = (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$method = $_SERVER['REQUEST_METHOD'];
if (str_starts_with($path, '/api/')) api($path);
// A form whose `Origin` is another site is none of ours.
if ($method === 'POST' && ($_SERVER['HTTP_ORIGIN'] ?? '') !== SITE_URL) plain('Not our form', 403);
header('Cache-Control: no-store');
// With "no-referrer" browsers would send our own forms with "Origin: null".
header('Referrer-Policy: same-origin');
header('Content-Security-Policy: frame-ancestors ' . ($path === '/app' ? FRAMED_BY : "'none'"));
session_cache_limiter('');
$cookie = ['cookie_httponly' => true, 'cookie_samesite' => 'Lax', 'cookie_secure' => str_starts_with(SITE_URL, 'https:')];
session_start($cookie + ['name' => 'session', 'use_strict_mode' => true]);
if ($method === 'GET' && isset($_GET['buid'])) take_buid((string) $_GET['buid']);
match ("$method $path") {
    'GET /' => page(who_is() . (isset($_SESSION['userId']) ? CONNECTION : TO_BOT)),
    'GET /link' => link_page(),
    'POST /link/pin' => enter_pin(),
    'POST /link/register' => register(),
    'POST /link/connect' => connect('verified'),
    'POST /link/relink' => connect('conflict'),
    'GET /telegram' => telegram_page(),
    'POST /telegram' => start_link(),
    'POST /telegram/off' => unlink_bot(),
    'GET /form' => form_page(),
    'POST /form' => send_form(),
    'GET /app' => page(APP),
    'POST /app/me' => app_person(),
    default => plain('Not here', 404),
};
