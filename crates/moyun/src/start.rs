//! From the command line to answering listeners, and back to a clean stop.

use std::error::Error;
use std::fs::{DirBuilder, Permissions};
use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::exit;
use std::sync::Arc;

use moyun_cloud::cloud::Cloud;
use moyun_cloud::world::{DEFAULT_KEY_ID, DEFAULT_SECRET, Fact, PatchError};
use moyun_server::env::Machine;
use moyun_server::http::{Api, Setup};
use moyun_server::observe::Observer;
use moyun_server::replay::Nonces;
use moyun_server::serve::Listeners;
use moyun_server::tls::Tls;
use moyun_store::{Engine, MemoryEngine, OpenError, PostgresEngine, RedbEngine, Upgrade};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::args::Serve;
use crate::caches::Caches;

/// What the exit status of a process that a signal ended begins with.
const SIGNALLED: i32 = 128;

/// Serves until a signal comes; the error is a sentence for the user.
pub(crate) fn serve(args: &Serve) -> Result<(), String> {
    let filter = EnvFilter::try_new(&args.log).map_err(|error| format!("--log {}: {error}", args.log))?;
    let coloured = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(coloured).init();
    let world_file = args.world.as_deref().map(read_world_file).transpose()?.unwrap_or_default();
    let caches = Caches::of(args.cache);
    let store = open_store(args, &caches)?;
    let cloud =
        Cloud::open_caching(store, Arc::new(Machine), world_file, caches.record_bytes).map_err(|error| {
            match error {
                PatchError::Refused(sentence) => format!("the world file is refused: {sentence}"),
                PatchError::Fault(fault) if fault.disk_refused() => format!(
                    "the disk of the store takes no writes; make room on it or choose another folder: {}",
                    fault.chain()
                ),
                PatchError::Fault(fault) => format!("the store cannot be used: {}", fault.chain()),
            }
        })?;
    check_addresses(args, &cloud)?;
    let nonces = open_nonces(args, &cloud)?;
    let (tls, authority) = open_tls(args)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("threads cannot be started: {error}"))?;
    let served = runtime.block_on(async {
        let listeners =
            Listeners::bind(args.listen, args.admin_listen).await.map_err(|(address, error)| {
                format!("cannot listen on {address}: {error}; another address can be given")
            })?;
        let (api, admin) =
            listeners.addresses().map_err(|error| format!("the listeners have no address: {error}"))?;
        let stop = stop_signal()?;
        // Connections are accepted from the moment of binding, so whoever reads this line can call.
        let trust = authority.map(|file| format!(" CA {}", file.display())).unwrap_or_default();
        announce(api, admin, &tls.as_ref().map(|_| format!(" TLS https://{api}{trust}")).unwrap_or_default());
        let observer = if args.ephemeral { Observer::default() } else { Observer::kept_in(cloud.clone()) };
        let setup = Setup { admin, admin_token: args.admin_token.as_deref(), nonces, observer };
        listeners.with_tls(tls).serve(Api::with(cloud, setup), stop).await;
        Ok(())
    });
    // Everything is durable: who still has not sent a whole request is not waited for.
    runtime.shutdown_background();
    served
}

fn announce(api: SocketAddr, admin: SocketAddr, tls: &str) {
    let mut stdout = std::io::stdout().lock();
    // A closed stdout is no reason not to serve.
    let _ = writeln!(stdout, "moyun is ready: API http://{api} admin http://{admin}{tls}")
        .and_then(|()| stdout.flush());
}

fn open_store(args: &Serve, caches: &Caches) -> Result<Arc<dyn Engine>, String> {
    if args.ephemeral {
        return Ok(Arc::new(MemoryEngine::new()));
    }
    match &args.store {
        // The URL may hold a password, so the flag stands for it.
        Some(url) => {
            let engine =
                PostgresEngine::connect(url).map_err(|error| format!("--store: {}", with_causes(&error)))?;
            tell_upgrade(engine.upgrade());
            Ok(Arc::new(engine))
        }
        None => {
            close_to_others(&args.data).map_err(|cause| unusable(&args.data, cause))?;
            let engine = RedbEngine::open_caching(&args.data, caches.page_bytes)
                .map_err(|error| with_causes(&error))?;
            tell_upgrade(engine.upgrade());
            Ok(Arc::new(engine))
        }
    }
}

/// Whoever comes with data of an older program learns what became of it.
fn tell_upgrade(upgrade: Option<&Upgrade>) {
    if let Some(upgrade) = upgrade {
        tracing::info!("{upgrade}");
    }
}

/// The certificate of the API and, where Moyun made it, the file that clients must trust.
fn open_tls(args: &Serve) -> Result<(Option<Tls>, Option<PathBuf>), String> {
    if args.tls_self_signed {
        let (tls, authority) = Tls::self_signed(&args.data.join("tls"), args.listen.ip())
            .map_err(|error| format!("--tls-self-signed: {error}"))?;
        return Ok((Some(tls), Some(authority.canonicalize().unwrap_or(authority))));
    }
    let (Some(certificate), Some(key)) = (&args.tls_cert, &args.tls_key) else { return Ok((None, None)) };
    let tls = Tls::from_files(certificate, key).map_err(|error| format!("--tls-cert, --tls-key: {error}"))?;
    Ok((Some(tls), None))
}

/// Makes the directory for its owner alone; one that holds a store from before is closed, any other is left as it is.
pub(crate) fn close_to_others(data: &Path) -> io::Result<()> {
    match std::fs::metadata(data) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            DirBuilder::new().recursive(true).mode(0o700).create(data)
        }
        // What is no directory, or out of reach, the store will say.
        Err(_) => Ok(()),
        Ok(there) if there.permissions().mode() & 0o077 != 0 && data.join("moyun.redb").exists() => {
            std::fs::set_permissions(data, Permissions::from_mode(0o700))
        }
        Ok(_) => Ok(()),
    }
}

/// Nonces live as long as what is kept elsewhere: as long as the process, the directory or the database.
fn open_nonces(args: &Serve, cloud: &Cloud) -> Result<Nonces, String> {
    if args.ephemeral {
        return Ok(Nonces::in_memory());
    }
    if args.store.is_some() {
        return Ok(Nonces::shared(cloud.clone()));
    }
    let folder = args.data.join("nonces");
    Nonces::in_folder(&folder).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => format!("the nonces cannot be kept: {error}"),
        _ => unusable(&folder, error),
    })
}

/// What to do about a folder that cannot be worked in.
fn unusable(path: &Path, cause: io::Error) -> String {
    with_causes(&OpenError::Folder { path: path.to_owned(), cause })
}

/// An error and what caused it, in one sentence.
pub(crate) fn with_causes(error: &dyn Error) -> String {
    let cause = error.source().map(|cause| format!(": {}", with_causes(cause)));
    format!("{error}{}", cause.unwrap_or_default())
}

fn read_world_file(path: &Path) -> Result<serde_json::Value, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("the world file {} cannot be read: {error}", path.display()))?;
    toml::from_str(&text).map_err(|error| format!("the world file {} is not TOML: {error}", path.display()))
}

/// Everybody knows the default secret: it may not guard an address that others can reach.
fn check_addresses(args: &Serve, cloud: &Cloud) -> Result<(), String> {
    if args.admin_token.as_deref() == Some("") {
        return Err("--admin-token: an empty token guards nothing; give one or leave it out".to_owned());
    }
    if !args.admin_listen.ip().is_loopback() && args.admin_token.is_none() {
        return Err(format!(
            "--admin-listen {}: others can reach this address; set --admin-token (MOYUN_ADMIN_TOKEN), or use a loopback \
             address",
            args.admin_listen
        ));
    }
    let key = cloud
        .read(|tx, _| Fact::of_key(tx, DEFAULT_KEY_ID))
        .map_err(|fault| format!("the store cannot be read: {}", fault.chain()))?;
    let in_force = key.is_some_and(|key| key.is_active() && key.secret == DEFAULT_SECRET);
    if in_force && !args.listen.ip().is_loopback() {
        return Err(format!(
            "--listen {}: others can reach this address while the default secret is in force; change it first with a \
             world file: [access_keys.{DEFAULT_KEY_ID}] secret = \"…\", or on a running server with PATCH \
             /admin/world/access_keys/{DEFAULT_KEY_ID}",
            args.listen
        ));
    }
    Ok(())
}

/// Ready when the process is asked to stop; asked once more, it ends at once.
fn stop_signal() -> Result<impl Future<Output = ()>, String> {
    let listen = |kind| signal(kind).map_err(|error| format!("signals cannot be received: {error}"));
    let (interrupt, terminate) = (SignalKind::interrupt(), SignalKind::terminate());
    let (mut interrupts, mut terminates) = (listen(interrupt)?, listen(terminate)?);
    let mut next = async move || {
        tokio::select! {
            _ = interrupts.recv() => interrupt,
            _ = terminates.recv() => terminate,
        }
    };
    Ok(async move {
        next().await;
        tokio::spawn(async move {
            let again = next().await;
            tracing::warn!("asked to stop a second time: what is in flight stays unanswered");
            // As a shell shows a process that a signal ended.
            exit(SIGNALLED + again.as_raw_value());
        });
    })
}
