//! A PostgreSQL cluster that lives as long as the tests that use it.

use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

use crate::Outcome;
use crate::machine;

/// How a server says that it can be asked.
const PRIMARY_READY: &str = "database system is ready to accept connections";
const STANDBY_READY: &str = "database system is ready to accept read-only connections";

/// How a primary says that what it confirms is on the standby too.
const PAIR_READY: &str = "is now a synchronous standby";

/// A running cluster on a free loopback port. Dropping it stops the cluster and removes its files.
pub(crate) struct Cluster {
    server: Server,
    site: Site,
}

impl Cluster {
    /// Makes and starts a cluster, after installing PostgreSQL if need be.
    pub(crate) fn start() -> Outcome<Self> {
        let site = Site::new()?;
        let data = site.init()?;
        let mut server = site.start(&data, &[])?;
        server.wait_until_it_says(PRIMARY_READY)?;
        server.let_it_talk();
        Ok(Self { server, site })
    }

    /// Where clients find the cluster.
    pub(crate) fn url(&self) -> String {
        format!("postgres://moyun@127.0.0.1:{}/postgres", self.server.port)
    }

    /// Makes a database; where clients find it, and the folder of its tables.
    pub(crate) fn create_database(&self, name: &str) -> Outcome<(String, PathBuf)> {
        let port = self.server.port.to_string();
        let at = ["--host=127.0.0.1", "--username=moyun", "--port", &port];
        machine::output(self.site.program("createdb").args(at).arg(name))?;
        let ask = format!("SELECT oid FROM pg_database WHERE datname = '{name}'");
        let mut psql = self.site.program("psql");
        let oid = machine::output(psql.args(at).args([
            "--tuples-only",
            "--no-align",
            "--command",
            &ask,
            "postgres",
        ]))?;
        let url = format!("postgres://moyun@127.0.0.1:{port}/{name}");
        Ok((url, self.site.folder.0.join("data/base").join(oid.trim())))
    }
}

/// A primary that confirms nothing before its standby has it.
pub(crate) struct Pair {
    primary: Server,
    standby: Server,
    standby_data: PathBuf,
    site: Site,
}

impl Pair {
    /// Makes and starts both.
    pub(crate) fn start() -> Outcome<Self> {
        let site = Site::new()?;
        let mut primary = site.start(&site.init()?, &["synchronous_standby_names=*"])?;
        primary.wait_until_it_says(PRIMARY_READY)?;
        let standby_data = site.folder.0.join("standby");
        let mut copy = site.program("pg_basebackup");
        copy.args(["--host=127.0.0.1", "--username=moyun", "--port", &primary.port.to_string()]);
        copy.args(["--write-recovery-conf", "--checkpoint=fast", "--no-sync", "--pgdata"]);
        machine::output(copy.arg(&standby_data))?;
        // Otherwise it goes on waiting for the primary for seconds before it hears that it is one itself.
        let mut standby = site.start(&standby_data, &["wal_retrieve_retry_interval=100ms"])?;
        standby.wait_until_it_says(STANDBY_READY)?;
        standby.let_it_talk();
        primary.wait_until_it_says(PAIR_READY)?;
        primary.let_it_talk();
        Ok(Self { primary, standby, standby_data, site })
    }

    /// Where clients find whichever of the two accepts writes.
    pub(crate) fn url(&self) -> String {
        let (primary, standby) = (self.primary.port, self.standby.port);
        format!(
            "postgres://moyun@127.0.0.1:{primary},127.0.0.1:{standby}/postgres?target_session_attrs=read-write"
        )
    }

    /// Ends the primary at once, in the midst of whatever it does, and makes the standby the primary.
    pub(crate) fn fail_over(&mut self) -> Outcome {
        self.primary.quit()?;
        let mut promote = self.site.program("pg_ctl");
        machine::output(promote.args(["promote", "--silent", "--pgdata"]).arg(&self.standby_data)).map(drop)
    }
}

/// Where clusters are made: a folder of their own, and the programs.
struct Site {
    programs: PathBuf,
    owner: Owner,
    folder: Folder,
}

impl Site {
    fn new() -> Outcome<Self> {
        let (programs, owner) = (programs()?, Owner::find()?);
        let folder = Folder::new(owner)?;
        println!("starting {} in {}", programs.join("postgres").display(), folder.0.display());
        Ok(Self { programs, owner, folder })
    }

    fn program(&self, name: &str) -> Command {
        self.owner.command(&self.programs.join(name))
    }

    /// Makes the files of a cluster.
    fn init(&self) -> Outcome<PathBuf> {
        let data = self.folder.0.join("data");
        let mut initdb = self.program("initdb");
        initdb.arg("--pgdata").arg(&data);
        initdb.args(["--username=moyun", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        machine::output(&mut initdb)?;
        Ok(data)
    }

    /// Starts a server on the files of a cluster.
    fn start(&self, data: &Path, settings: &[&str]) -> Outcome<Server> {
        let port = free_port()?;
        let mut postgres = self.program("postgres");
        postgres.arg("-D").arg(data).args(["-p", &port.to_string()]);
        // The files are thrown away after the tests, so nothing needs to survive a power cut.
        let ours =
            ["fsync=off", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"];
        for setting in ours.iter().chain(settings) {
            postgres.args(["-c", setting]);
        }
        postgres.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = postgres.spawn().map_err(|error| format!("postgres: {error}"))?;
        let log = process.stderr.take().map(BufReader::new);
        Ok(Server { process, port, log })
    }
}

/// A server process. Dropping it ends it.
struct Server {
    process: Child,
    port: u16,
    /// None once nobody waits for what it says.
    log: Option<BufReader<ChildStderr>>,
}

impl Server {
    fn wait_until_it_says(&mut self, words: &str) -> Outcome {
        let mut said = String::new();
        while let Some(log) = &mut self.log
            && log.read_line(&mut said).map_err(|error| format!("the log of postgres: {error}"))? > 0
        {
            if said.contains(words) {
                return Ok(());
            }
        }
        Err(format!("postgres ended before it said \"{words}\":\n{said}"))
    }

    /// A full pipe would stop the server, so somebody has to go on reading.
    fn let_it_talk(&mut self) {
        if let Some(mut log) = self.log.take() {
            std::thread::spawn(move || log.read_to_end(&mut Vec::new()));
        }
    }

    /// Ends it at once. SIGQUIT lets the server end its own children, which a kill would leave behind for a while.
    fn quit(&mut self) -> Outcome {
        if let Ok(Some(_)) = self.process.try_wait() {
            return Ok(());
        }
        let quit = format!("kill -s QUIT {}", self.process.id());
        machine::run(&mut machine::command("sh", &["-c", &quit]))?;
        self.process.wait().map(drop).map_err(|error| error.to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(sentence) = self.quit() {
            eprintln!("postgres on port {} was not stopped: {sentence}", self.port);
        }
    }
}

/// A folder that is removed with its owner.
struct Folder(PathBuf);

impl Folder {
    fn new(owner: Owner) -> Outcome<Self> {
        let path = std::env::temp_dir().join(format!("moyun-postgres-{}", std::process::id()));
        let tell = |error| format!("{}: {error}", path.display());
        std::fs::create_dir(&path).map_err(tell)?;
        let folder = Self(path.clone());
        if let Some((uid, gid)) = owner.0 {
            chown(&path, Some(uid), Some(gid)).map_err(tell)?;
        }
        Ok(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{} was not removed: {error}", self.0.display());
        }
    }
}

/// Whose the cluster is: the present user, or another one because PostgreSQL refuses to be root's.
#[derive(Clone, Copy)]
struct Owner(Option<(u32, u32)>);

impl Owner {
    fn find() -> Outcome<Self> {
        if !machine::is_root() {
            return Ok(Self(None));
        }
        let user =
            ["postgres", "nobody"].into_iter().find_map(|user| Some((id("-u", user)?, id("-g", user)?)));
        user.map(|ids| Self(Some(ids))).ok_or_else(|| "no user but root to run PostgreSQL as".to_owned())
    }

    fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        // The user may not be allowed to enter the present folder.
        command.current_dir("/");
        if let Some((uid, gid)) = self.0 {
            command.uid(uid).gid(gid);
        }
        command
    }
}

fn id(kind: &str, user: &str) -> Option<u32> {
    machine::output(&mut machine::command("id", &[kind, user])).ok()?.trim().parse().ok()
}

/// The folder of PostgreSQL's programs. An empty path stands for those on PATH.
fn programs() -> Outcome<PathBuf> {
    if let Some(found) = find_programs() {
        return Ok(found);
    }
    let advice = "or pass --without-postgres to leave its tests out";
    machine::install("postgresql")
        .map_err(|sentence| format!("PostgreSQL is missing; {sentence}, {advice}"))?;
    find_programs()
        .ok_or_else(|| format!("PostgreSQL was installed, but initdb and postgres are nowhere, {advice}"))
}

fn find_programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut debian: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    debian.sort();
    let mut folders = vec![PathBuf::new()];
    folders.extend(debian.into_iter().rev());
    folders.push(PathBuf::from("/usr/local/bin"));
    folders
        .into_iter()
        .find(|folder| machine::has(folder.join("initdb")) && machine::has(folder.join("postgres")))
}

fn free_port() -> Outcome<u16> {
    let probe = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|probe| probe.local_addr());
    probe.map(|address| address.port()).map_err(|error| format!("no free port: {error}"))
}
