//! A PostgreSQL cluster that lives as long as the tests that use it.

use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::Outcome;
use crate::machine;

/// A running cluster on a free loopback port. Dropping it stops the cluster and removes its files.
pub(crate) struct Cluster {
    folder: Folder,
    server: Child,
    port: u16,
}

impl Cluster {
    /// Makes and starts a cluster, after installing PostgreSQL if need be.
    pub(crate) fn start() -> Outcome<Self> {
        let programs = programs()?;
        let owner = Owner::find()?;
        let folder = Folder::new(owner)?;
        let data = folder.0.join("data");
        println!("starting {} in {}", programs.join("postgres").display(), folder.0.display());
        let mut initdb = owner.command(&programs.join("initdb"));
        initdb.arg("--pgdata").arg(&data);
        initdb.args(["--username=moyun", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        machine::output(&mut initdb)?;
        let port = free_port()?;
        let mut postgres = owner.command(&programs.join("postgres"));
        postgres.arg("-D").arg(&data).args(["-p", &port.to_string()]);
        // The files are thrown away after the tests, so nothing needs to survive a power cut.
        for setting in
            ["fsync=off", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"]
        {
            postgres.args(["-c", setting]);
        }
        postgres.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let server = postgres.spawn().map_err(|error| format!("postgres: {error}"))?;
        let mut cluster = Self { folder, server, port };
        cluster.wait_until_ready()?;
        Ok(cluster)
    }

    /// Where clients find the cluster.
    pub(crate) fn url(&self) -> String {
        format!("postgres://moyun@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self) -> Outcome {
        let log = self.server.stderr.take().expect("stderr was piped at the start");
        let mut lines = BufReader::new(log);
        let mut said = String::new();
        while lines.read_line(&mut said).map_err(|error| format!("the log of postgres: {error}"))? > 0 {
            if said.contains("database system is ready to accept connections") {
                // A full pipe would stop the server, so somebody has to go on reading.
                std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
                return Ok(());
            }
        }
        Err(format!("postgres ended before it was ready:\n{said}"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let quit = format!("kill -s QUIT {}", self.server.id());
        // SIGQUIT lets the server end its own children, which a kill would leave behind for a while.
        let asked = machine::run(&mut machine::command("sh", &["-c", &quit]));
        let ended = asked.and_then(|()| self.server.wait().map(drop).map_err(|error| error.to_string()));
        if let Err(sentence) = ended {
            eprintln!("postgres in {} was not stopped: {sentence}", self.folder.0.display());
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
