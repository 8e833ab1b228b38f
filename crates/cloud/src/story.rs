//! A cloud in memory with a manual clock and fixed randomness, for cases, stories and the examples of the reference.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};

use moyun_store::{Engine, MemoryEngine, Reader, Span};
use moyun_wire::out::Format;
use moyun_wire::params::Params;
use serde_json::Value;

use crate::call::{Answer, Call};
use crate::cloud::{Cloud, Env};
use crate::commands::{self, Key};
use crate::cx::{Caller, Identity, Origin};
use crate::errors::ApiError;
use crate::ids::AccountId;
use crate::registry::{self, Entry};
use crate::world::{DEFAULT_ACCOUNT, DEFAULT_KEY_ID, Fact};

/// When every story begins: 2026-01-01T00:00:00Z.
pub const DAWN_MS: i64 = 1_767_225_600_000;

/// The RequestId under which a story answers.
pub const REQUEST_ID: &str = "473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E";

/// The host to which a story's requests go.
pub const ENDPOINT: &str = "ecs.example";

/// A story being told.
pub struct Story {
    cloud: Cloud,
    engine: Arc<dyn Engine>,
    caller: Caller,
    names: BTreeMap<String, String>,
    renamed: Vec<(String, String)>,
    patched: bool,
    steps: Vec<String>,
    is_told: bool,
    key: Option<Key>,
}

/// The secret of the keys that a story's commands make for its callers.
const SECRET: &str = "s3cret";

impl Story {
    /// A fresh cloud in memory; nothing in it moves by itself.
    pub fn begin() -> Story {
        Story::on(Arc::new(MemoryEngine::new()))
    }

    /// A fresh cloud on an engine.
    pub fn on(engine: Arc<dyn Engine>) -> Story {
        Story::with(engine, Arc::new(FixedEnv::default()))
    }

    /// A fresh cloud on an engine, whose randomness is that of a machine.
    pub fn with(engine: Arc<dyn Engine>, env: Arc<dyn Env>) -> Story {
        let clock = serde_json::json!({ "clock": { "mode": "manual", "now": "2026-01-01T00:00:00Z" } });
        let cloud = Cloud::open(engine.clone(), env, clock)
            .expect("the built-in world is valid and the engine is new");
        let caller = Caller::owner(AccountId::from(DEFAULT_ACCOUNT), DEFAULT_KEY_ID);
        let (names, renamed, steps) = (BTreeMap::new(), vec![], vec![]);
        Story { cloud, engine, caller, names, renamed, patched: false, steps, is_told: true, key: None }
    }

    /// The cloud itself.
    pub fn cloud(&self) -> &Cloud {
        &self.cloud
    }

    /// What was done since this was last asked, as lines of a shell; nothing where no command does it.
    pub(crate) fn take_steps(&mut self) -> Option<Vec<String>> {
        let steps = std::mem::take(&mut self.steps);
        self.is_told.then(|| commands::folded(&steps))
    }

    /// Adds a line to what was done.
    pub(crate) fn tell(&mut self, line: impl Into<String>) {
        self.steps.push(line.into());
    }

    /// From here on the state is one that no command makes.
    pub(crate) fn stop_telling(&mut self) {
        self.is_told = false;
    }

    /// Goes on as another account.
    pub fn act_as(&mut self, account: &str) {
        self.know_account(account);
        self.caller = Caller::owner(AccountId::from(account), DEFAULT_KEY_ID);
        let facts = serde_json::json!({ "kind": "owner", "account": account });
        self.key = (account != DEFAULT_ACCOUNT).then(|| self.tell_key(account, facts));
    }

    /// Makes an account that is not there yet; nobody else can call.
    fn know_account(&mut self, account: &str) {
        let path = vec!["accounts".to_owned(), account.to_owned()];
        if self.cloud.world(&path).is_ok_and(|known| known.is_none()) {
            self.steps.push(commands::admin("PATCH", &format!("world/accounts/{account}"), "{}"));
            let made = self.cloud.patch_world(path, serde_json::json!({}));
            made.unwrap_or_else(|error| panic!("account {account}: {error:?}"));
        }
    }

    /// Goes on as a RAM user of the present account, whether there is one of this name or not.
    pub fn act_as_user(&mut self, name: &str) {
        self.caller.identity = Identity::User(name.to_owned());
        let account = self.caller.account.as_str();
        let facts = serde_json::json!({ "kind": "ram_user", "account": account, "principal": name });
        self.key = Some(self.tell_key(name, facts));
    }

    /// Goes on as the present account itself.
    pub fn act_as_owner(&mut self) {
        let account = self.caller.account.clone();
        self.act_as(account.as_str());
    }

    /// Goes on as whoever holds an access key; where `$key` names it, `$key_secret` is to name its secret.
    ///
    /// # Panics
    ///
    /// When there is no such key.
    pub fn act_with_key(&mut self, access_key_id: &str) {
        let id = self.text(access_key_id);
        let found = self.cloud.read(|tx, _| Fact::of_key(tx, &id));
        let key = found.ok().flatten().unwrap_or_else(|| panic!("there is no key {id}"));
        let identity = Identity::of_key(&key);
        self.caller = Caller { identity, ..Caller::owner(AccountId(key.account), id) };
        self.key = Some(Key { id: access_key_id.to_owned(), secret: format!("{access_key_id}_secret") });
    }

    /// Tells of a key with these facts, for somebody who has none in the story.
    fn tell_key(&mut self, name: &str, mut facts: Value) -> Key {
        let key = Key { id: format!("LTAI-{name}"), secret: SECRET.to_owned() };
        facts["secret"] = SECRET.into();
        facts["status"] = "Active".into();
        facts["allowed_actions"] = "*".into();
        let step = commands::admin("PATCH", &format!("world/access_keys/{}", key.id), &facts.to_string());
        if !self.steps.contains(&step) {
            self.steps.push(step);
        }
        key
    }

    /// The access key of the caller, and its secret.
    ///
    /// # Panics
    ///
    /// When the caller has none.
    pub fn access_key(&self) -> (String, String) {
        let id = self.caller.access_key_id.clone();
        let found = self.cloud.read(|tx, _| Fact::of_key(tx, &id));
        let key = found.ok().flatten().unwrap_or_else(|| panic!("there is no key {id}"));
        (id, key.secret)
    }

    /// Goes on from another place.
    pub fn act_from(&mut self, origin: Origin) {
        self.caller.origin = origin;
    }

    /// Names a value, so that requests can say `$name`.
    pub fn bind(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        let step = commands::set(name, &self.told(&value));
        self.steps.push(step);
        self.names.insert(name.to_owned(), value);
    }

    /// A text in which `$name` stands for what is already called so.
    fn told(&self, text: &str) -> String {
        // Short names are words that a text may have by chance.
        let known = self.names.iter().filter(|(_, value)| value.len() > 10);
        known.fold(text.to_owned(), |text, (name, value)| text.replace(value.as_str(), &format!("${name}")))
    }

    /// From here on, where the story says `old` it says `new`.
    pub fn rename(&mut self, old: &str, new: &str) {
        self.renamed.push((old.to_owned(), new.to_owned()));
    }

    /// What was named.
    ///
    /// # Panics
    ///
    /// When nothing was.
    pub fn named(&self, name: &str) -> &str {
        self.names.get(name).unwrap_or_else(|| panic!("nothing is named ${name}"))
    }

    /// Calls an action that must succeed. Actions of ECS go by their name, others by `Vpc:CreateVpc`.
    ///
    /// # Panics
    ///
    /// When it is refused.
    pub fn call(&mut self, action: &str, request: &str) -> Value {
        match self.try_call(action, request) {
            Ok(reply) => reply,
            Err(refusal) => panic!("{action} {request}: {refusal}"),
        }
    }

    /// Calls an action and reads its JSON reply.
    pub fn try_call(&mut self, action: &str, request: &str) -> Result<Value, ApiError> {
        let body = self.answer(action, request, Format::Json)?;
        Ok(serde_json::from_str(&body).expect("a reply is JSON"))
    }

    /// Calls an action; its body as it goes over the wire.
    ///
    /// # Panics
    ///
    /// When there is no such action.
    pub fn answer(&mut self, action: &str, request: &str, format: Format) -> Answer {
        let (product, name) = action.split_once(':').unwrap_or(("Ecs", action));
        let entry = registry::ACTIONS
            .iter()
            .find(|entry| entry.spec.product.name() == product && entry.spec.name == name)
            .unwrap_or_else(|| panic!("there is no action {action}"));
        self.answer_of(entry, request, format)
    }

    /// Calls an action by its definition. The story goes on at once, whenever the answer may leave.
    pub(crate) fn answer_of(&mut self, entry: &'static Entry, request: &str, format: Format) -> Answer {
        let step = commands::aliyun(entry, self.key.as_ref(), pairs(request));
        self.steps.push(step);
        let call = self.call_of(entry, request, format);
        let (tell, told) = mpsc::channel();
        self.cloud.call(call, move |answered| {
            // The receiver waits below.
            let _ = tell.send(answered.answer);
        });
        told.recv().expect("the engine of a story is never closed")
    }

    /// A call of an action as the gate would hand it over.
    pub(crate) fn call_of(&self, entry: &'static Entry, request: &str, format: Format) -> Call {
        let query = self.fill(request);
        Call {
            entry,
            params: Params::decode(query.as_bytes(), None).expect("a story's requests are well formed"),
            caller: self.caller.clone(),
            format,
            request_id: REQUEST_ID.to_owned(),
            endpoint: ENDPOINT.to_owned(),
            seed: self.cloud.env().seed(),
            nonce: Some("a story's own".to_owned()),
        }
    }

    /// Calls an action and names a text of its reply by a path such as `InstanceIdSets/InstanceIdSet/0`.
    ///
    /// # Panics
    ///
    /// When the call is refused or has no such text.
    pub fn make(&mut self, name: &str, action: &str, request: &str, path: &str) {
        self.make_all(&[(name, path)], action, request);
    }

    /// The same with several texts of the reply.
    ///
    /// # Panics
    ///
    /// When the call is refused or has not all of them.
    pub fn make_all(&mut self, names: &[(&str, &str)], action: &str, request: &str) {
        let reply = self.call(action, request);
        for (name, path) in names {
            let value = reply.pointer(&format!("/{path}")).and_then(Value::as_str);
            let value = value.unwrap_or_else(|| panic!("{action} answers no {path}: {reply}")).to_owned();
            self.names.insert((*name).to_owned(), value);
        }
        let call = self.steps.pop().unwrap_or_default();
        self.steps.extend(commands::keep(&call, names));
    }

    /// Lets time pass.
    ///
    /// # Panics
    ///
    /// When the store fails.
    pub fn pass_ms(&mut self, ms: i64) {
        self.cloud.advance(ms).expect("the engine of a story does not fail");
        let seconds = std::time::Duration::from_millis(ms.unsigned_abs()).as_secs_f64();
        let body = format!("{{\"seconds\":{seconds}}}");
        self.steps.push(commands::admin("POST", "clock/advance", &body));
    }

    /// Whether a fact of the world was changed, and not by calls alone.
    pub fn is_patched(&self) -> bool {
        self.patched
    }

    /// Changes a fact of the world; the path is separated by slashes.
    ///
    /// # Panics
    ///
    /// When the patch is refused.
    pub fn patch(&mut self, path: &str, patch: Value) {
        self.patched = true;
        let place = format!("world/{path}");
        self.steps.push(commands::admin("PATCH", place.trim_end_matches('/'), &patch.to_string()));
        let segments =
            path.split('/').filter(|segment| !segment.is_empty()).map(|segment| self.text(segment));
        let segments = segments.collect();
        let patch = self.in_other_words(patch.to_string());
        let patch = serde_json::from_str(&patch).expect("other names leave JSON what it is");
        self.cloud.patch_world(segments, patch).unwrap_or_else(|error| panic!("{path}: {error:?}"));
    }

    fn in_other_words(&self, text: String) -> String {
        self.renamed.iter().fold(text, |text, (old, new)| text.replace(old, new))
    }

    /// Every stored byte, so that a test can see that nothing changed.
    ///
    /// # Panics
    ///
    /// When the store fails.
    pub fn dump(&self) -> BTreeMap<Vec<u8>, Vec<u8>> {
        let mut rows = BTreeMap::new();
        let mut look = |view: &dyn Reader| {
            view.scan(&Span::prefix(&[]), &mut |key, value| {
                rows.insert(key.to_vec(), value.to_vec());
                std::ops::ControlFlow::Continue(())
            })
        };
        let mut looked = Ok(());
        self.engine.read(&mut |view| looked = look(view)).expect("the engine of a story does not fail");
        looked.expect("the engine of a story does not fail");
        rows
    }

    /// The request with `$name` replaced, encoded for a query.
    pub fn fill(&self, request: &str) -> String {
        let pairs = pairs(request)
            .map(|(name, value)| format!("{name}={}", moyun_wire::encode::encode(self.text(value))));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// A text with `$name` replaced, and then what goes by another name.
    pub fn text(&self, text: &str) -> String {
        self.in_other_words(self.filled(text))
    }

    fn filled(&self, text: &str) -> String {
        let mut pieces = text.split('$');
        let mut filled = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let end = piece.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(piece.len());
            filled += self.named(&piece[..end]);
            filled += &piece[end..];
        }
        filled
    }
}

/// The parameters of a request, as it is written in a story.
fn pairs(request: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = request.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// A machine whose clock stands still and whose randomness is always the same.
#[derive(Default)]
struct FixedEnv {
    calls: AtomicU64,
}

impl Env for FixedEnv {
    fn now_ms(&self) -> i64 {
        DAWN_MS
    }

    fn seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.calls.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        seed
    }
}
